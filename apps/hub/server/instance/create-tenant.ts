import type { Clock } from '@nexomatic/clock';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import { type Id, newId } from '@nexomatic/contracts/id';
import type { CreateTenant } from '@nexomatic/contracts/instance-api';
import type { CreatedInvitation } from '@nexomatic/contracts/invitation-api';
import type { Database } from '@nexomatic/db/database';
import { Tenant } from '@nexomatic/db/entities/tenant';
import { UniqueConstraintViolationException } from '@nexomatic/db/query';
import { recordAudit, recordInstanceAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import { createInvitation } from '../invitations/create-invitation.ts';
import { checkTimeZone } from '../tenants/check-time-zone.ts';

interface Deps {
  db: Database;
  clock: Clock;
  env: { publicUrl: string };
}

/**
 * Makes a tenant and invites its first owner. Should the invitation fail, the tenant is there without an owner, and one can be
 * invited by `inviteOwner`.
 */
export async function createTenant(
  deps: Deps,
  actor: Actor,
  { ownerEmail, ...given }: CreateTenant,
): Promise<{ id: Id<'tenant'>; invitation: CreatedInvitation }> {
  checkTimeZone(given.timeZone);
  const id = newId('tenant');
  try {
    // It is made by nobody's tenant.
    await deps.db.systemEm().transactional(async (em) => {
      em.persist(em.create(Tenant, { id, ...given }));
      // Before what refers to it.
      await em.flush();
      const object = { kind: 'tenant' as const, id, name: given.name };
      const entry = { action: 'tenant.created' as const, object, before: null, after: given };
      recordInstanceAudit(em, actor, entry);
      recordAudit(em, id, actor, entry);
      await em.flush();
    });
  } catch (error) {
    if (!(error instanceof UniqueConstraintViolationException)) throw error;
    const errors = [{ path: 'slug', message: 'another tenant has this slug' }];
    throw new NexomaticError('conflict', 'The slug is taken; choose another.', { cause: error, errors });
  }
  return { id, invitation: await inviteOwner(deps, actor, id, ownerEmail) };
}

/** Invites an owner to any tenant: to a new one, or to one whose owners are gone. */
export async function inviteOwner(
  deps: Deps,
  actor: Actor,
  tenantId: Id<'tenant'>,
  email: string,
): Promise<CreatedInvitation> {
  if ((await deps.db.systemEm().count(Tenant, { id: tenantId })) === 0)
    throw new NexomaticError('not_found', `There is no tenant ${tenantId}.`);
  // Whoever administers the hub is no member: in the tenant's list nobody stands as the one who invited.
  const inviter = { actor, userId: null, mayMakeOwners: true };
  return createInvitation(deps, tenantId, inviter, { email, role: 'owner' });
}
