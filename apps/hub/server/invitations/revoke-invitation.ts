import type { Clock } from '@nexomatic/clock';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import { Invitation } from '@nexomatic/db/entities/invitation';
import type { EntityManager } from '@nexomatic/db/query';
import { recordAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';

interface Deps {
  db: Database;
  clock: Clock;
}

/** Takes an invitation back: its link opens nothing from then on. */
export function revokeInvitation(
  { db, clock }: Deps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  id: Id<'invitation'>,
): Promise<void> {
  return db.tenantEm(tenantId).transactional(async (em) => {
    const row = await em.findOne(Invitation, { id });
    if (!row || !(await revokeWithin(em, clock, actor, row))) {
      throw new NexomaticError('not_found', `There is no invitation ${id} here that could be revoked.`);
    }
    await em.flush();
  });
}

/** The same as part of a greater change; false for one that was accepted or revoked before. */
export async function revokeWithin(em: EntityManager, clock: Clock, actor: Actor, row: Invitation): Promise<boolean> {
  const { tenantId, id, email, role } = row;
  const pending = { tenantId, id, acceptedAt: null, revokedAt: null };
  if ((await em.nativeUpdate(Invitation, pending, { revokedAt: new Date(clock.now()) })) === 0) return false;
  recordAudit(em, tenantId, actor, {
    action: 'invitation.revoked',
    object: { kind: 'invitation', id, name: email },
    before: { email, role },
    after: null,
  });
  return true;
}
