import type { Clock } from '@nexomatic/clock';
import type { Database } from '@nexomatic/db/database';
import { Membership as MembershipRow } from '@nexomatic/db/entities/membership';
import { Session } from '@nexomatic/db/entities/session';
import { Tenant } from '@nexomatic/db/entities/tenant';
import { User } from '@nexomatic/db/entities/user';
import type { Membership, UserPrincipal } from './principal.ts';
import { hashToken } from './tokens.ts';

/** A session that nobody used for this long is over. */
export const idleMs = 12 * 3_600_000;
/** `last_seen_at` is written at most this often; a session may therefore end up to this much early. */
const touchEveryMs = 60_000;

/** Who holds this session token, or null if it is unknown or over. `tenantSlug` is the tenant the request is about. */
export async function readSession(
  { db, clock }: { db: Database; clock: Clock },
  sessionToken: string,
  tenantSlug: string | null,
): Promise<UserPrincipal | null> {
  // Which tenants this person belongs to is what is being asked.
  const em = db.systemEm();
  const session = await em.findOne(Session, { tokenHash: hashToken(sessionToken) });
  const now = clock.now();
  if (!session || session.expiresAt.getTime() <= now || session.lastSeenAt.getTime() + idleMs <= now) return null;
  const user = await em.findOne(User, { id: session.userId });
  if (!user || user.disabledAt) return null;
  if (session.lastSeenAt.getTime() + touchEveryMs <= now) {
    await em.nativeUpdate(Session, { id: session.id }, { lastSeenAt: new Date(now) });
  }
  const rows = await em.find(MembershipRow, { userId: user.id });
  const ids = rows.map((row) => row.tenantId);
  const tenants = await em.find(Tenant, { id: { $in: ids } }, { orderBy: { slug: 'asc' } });
  const memberships = tenants
    .filter(({ suspendedAt }) => !suspendedAt)
    .flatMap((tenant): Membership[] => {
      const role = rows.find((row) => row.tenantId === tenant.id)?.role;
      return role
        ? [{ tenantId: tenant.id, slug: tenant.slug, name: tenant.name, timeZone: tenant.timeZone, role }]
        : [];
    });
  return {
    kind: 'user',
    userId: user.id,
    sessionId: session.id,
    email: user.email,
    name: user.name,
    instanceAdmin: user.instanceAdmin,
    memberships,
    suspended: tenants.filter(({ suspendedAt }) => suspendedAt).map(({ slug, name }) => ({ slug, name })),
    asked: tenantSlug,
    member: memberships.find((membership) => membership.slug === tenantSlug) ?? null,
  };
}
