import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import { may, type Permission } from '@nexomatic/contracts/permission';
import type { ApiTokenPrincipal, Principal, UserPrincipal } from './principal.ts';
import { tenantSuspended } from './tenant-suspended.ts';

/** A person or program that speaks to a tenant and was found to hold a permission there. */
export interface Authorized {
  tenantId: Id<'tenant'>;
  principal: UserPrincipal | ApiTokenPrincipal;
}

/** Which tenant the principal speaks to; throws if it may not do this there. */
export function tenantOf(principal: Principal | null, permission: Permission): Authorized {
  if (!principal) {
    throw new NexomaticError('unauthenticated', 'Send an API token (Authorization: Bearer nxt_…) or sign in.');
  }
  if (principal.kind === 'sink') throw new NexomaticError('forbidden', `A sink token does not hold ${permission}.`);
  if (principal.kind === 'user' && !principal.member) {
    const stopped = principal.suspended.find(({ slug }) => slug === principal.asked);
    if (stopped) throw tenantSuspended(stopped.name);
    // A tenant that one is no member of looks the same as one that doesn't exist.
    throw new NexomaticError('not_found', 'There is no such tenant, or you are not a member of it.');
  }
  if (!holds(principal, permission)) {
    const who = principal.kind === 'user' ? `Your role here (${principal.member?.role})` : 'This API token';
    throw new NexomaticError('forbidden', `${who} does not hold ${permission}.`);
  }
  const tenantId = principal.kind === 'user' ? principal.member?.tenantId : principal.tenantId;
  if (!tenantId) throw new Error('a member without a tenant');
  return { tenantId, principal };
}

/** Whether a person or program holds the permission in the tenant that the request is about. */
export function holds(principal: UserPrincipal | ApiTokenPrincipal, permission: Permission): boolean {
  if (principal.kind === 'user') return principal.member !== null && may(principal.member.role, permission);
  return may('apiToken', permission) && (principal.scopes === null || principal.scopes.includes(permission));
}
