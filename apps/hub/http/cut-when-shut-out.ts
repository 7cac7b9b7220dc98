import type { Id } from '@nexomatic/contracts/id';
import type { Principal } from '#server/auth/principal.ts';
import type { Authenticated } from './authenticate.ts';
import { withSignal } from './with-signal.ts';

/**
 * The request, with a signal that also cuts it when whoever sent it is let in no more: signed out, disabled, removed from the
 * tenant or given another role, a token revoked. A stream was asked for once and would go on otherwise. Its reader comes back
 * and is told then.
 */
export function cutWhenShutOut(
  request: Request,
  before: Principal | null,
  authenticateAgain: () => Promise<Authenticated>,
  { everyMs, shutOutOf }: { everyMs: number; shutOutOf(sinkId: Id<'sink'>): AbortSignal },
): Request {
  if (!before || !request.headers.get('accept')?.includes('text/event-stream')) return request;
  const shutOut = new AbortController();
  const timer = setInterval(async () => {
    const { principal, refusal } = await authenticateAgain().catch(() => ({ principal: before, refusal: null }));
    // While the database is away nobody is known to be shut out.
    if (refusal === null && accessOf(principal) !== accessOf(before)) shutOut.abort();
  }, everyMs);
  timer.unref();
  // A sink is not asked after alone: the hub is told of it in the moment that it is shut out.
  const told = before.kind === 'sink' ? [shutOutOf(before.sinkId)] : [];
  const signal = AbortSignal.any([request.signal, shutOut.signal, ...told]);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  return withSignal(request, signal);
}

/** What decides whether a stream may go on, as a text that can be compared. */
function accessOf(principal: Principal | null): string {
  switch (principal?.kind) {
    case undefined:
      return 'none';
    case 'user':
      return `${principal.userId} ${principal.member?.tenantId} ${principal.member?.role}`;
    case 'apiToken':
      return `${principal.tokenId} ${principal.scopes}`;
    case 'sink':
      return principal.sinkId;
    default:
      return principal satisfies never;
  }
}
