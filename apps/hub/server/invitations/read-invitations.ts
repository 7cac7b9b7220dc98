import type { Clock } from '@nexomatic/clock';
import type { Id } from '@nexomatic/contracts/id';
import type { InvitationSummary } from '@nexomatic/contracts/invitation-api';
import type { Database } from '@nexomatic/db/database';
import { Invitation } from '@nexomatic/db/entities/invitation';
import { User } from '@nexomatic/db/entities/user';
import type { EntityManager } from '@nexomatic/db/query';

interface Deps {
  db: Database;
  clock: Clock;
}

/** A page of a tenant's invitations that nobody has accepted or revoked, newest first. */
export async function listInvitations(
  { db, clock }: Deps,
  tenantId: Id<'tenant'>,
  { limit, cursor }: { limit: number; cursor?: Id<'invitation'> | undefined },
) {
  const em = db.tenantEm(tenantId);
  const rows = await em.find(
    Invitation,
    { acceptedAt: null, revokedAt: null, ...(cursor === undefined ? {} : { id: { $lt: cursor } }) },
    { orderBy: { id: 'desc' }, limit: limit + 1 },
  );
  const page = rows.slice(0, limit);
  const nextCursor = rows.length > limit ? (page.at(-1)?.id ?? null) : null;
  return { invitations: await showInvitations(em, clock, page), nextCursor };
}

/** Invitations as the API shows them: never with their links. */
export async function showInvitations(
  em: EntityManager,
  clock: Clock,
  rows: Invitation[],
): Promise<InvitationSummary[]> {
  const inviters = await em.find(User, { id: { $in: rows.flatMap(({ invitedBy }) => invitedBy ?? []) } });
  return rows.map((row) => {
    const inviter = inviters.find(({ id }) => id === row.invitedBy);
    return {
      id: row.id,
      email: row.email,
      role: row.role,
      state: row.expiresAt.getTime() > clock.now() ? 'open' : 'expired',
      invitedBy: inviter ? { id: inviter.id, name: inviter.name } : null,
      createdAt: row.createdAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
    };
  });
}
