import type { Principal } from '#server/auth/principal.ts';
import type { Services } from '#server/services.ts';
import type { TrpcContext } from '#server/trpc/context.ts';
import type { Authenticated } from './authenticate.ts';
import { type HubContext, remoteAddressOf } from './hub-app.ts';

/** What a call's procedures get, from whichever transport. */
export function contextOf(context: HubContext, services: Services, authenticated: Authenticated): TrpcContext {
  return {
    services,
    ...authenticated,
    requestId: context.get('requestId'),
    remoteAddress: remoteAddressOf(context),
    idempotencyKey: context.req.header('idempotency-key') ?? null,
    setCookie: (value) => context.header('set-cookie', value, { append: true }),
  };
}

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
