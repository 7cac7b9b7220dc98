import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Principal } from '#server/auth/principal.ts';
import type { Services } from '#server/services.ts';
import type { TrpcContext } from '#server/trpc/context.ts';
import type { Authenticated } from './authenticate.ts';
import { type HubContext, remoteAddressOf } from './hub-app.ts';

/** What a call's procedures get, from whichever transport. */
export function contextOf(
  context: HubContext,
  options: { services: Services; authenticated: Authenticated; stopping: AbortSignal },
): TrpcContext {
  const { services, authenticated, stopping } = options;
  return {
    services,
    principal: authenticated.kind === 'known' ? authenticated.principal : null,
    refusal: authenticated.kind === 'foreign_page' ? foreignPage() : null,
    requestId: context.get('requestId'),
    remoteAddress: remoteAddressOf(context),
    idempotencyKey: context.req.header('idempotency-key') ?? null,
    stopping,
    setCookie: (value) => context.header('set-cookie', value, { append: true }),
  };
}

/** The answer to a change that another site's page asked a signed-in browser for. */
export const foreignPage = (): NexomaticError =>
  new NexomaticError('forbidden', "This came from a page of another origin than the hub's; use its public address.");

/** Puts who called into the request's log line. */
export function logPrincipal(context: HubContext, principal: Principal | null): void {
  const fields = context.get('logFields');
  switch (principal?.kind) {
    case undefined:
      return;
    case 'user':
      Object.assign(fields, { userId: principal.userId, tenantId: principal.member?.tenantId });
      return;
    case 'apiToken':
      Object.assign(fields, { tokenId: principal.tokenId, tenantId: principal.tenantId });
      return;
    case 'sink':
      Object.assign(fields, { sinkId: principal.sinkId, tenantId: principal.tenantId });
      return;
    default:
      principal satisfies never;
  }
}
