import type { Id } from '@nexomatic/contracts/id';
import type { InstanceUser } from '@nexomatic/contracts/instance-api';
import type { Database } from '@nexomatic/db/database';
import { Membership } from '@nexomatic/db/entities/membership';
import { Tenant } from '@nexomatic/db/entities/tenant';
import { User } from '@nexomatic/db/entities/user';
import type { EntityManager } from '@nexomatic/db/query';
import { lastSeen } from '../auth/last-seen.ts';
import { cutPageBy, type NamedPageInput, pageBy } from '../definitions/page-by-name.ts';

/** A page of everybody who has an account on this hub, by e-mail address; searched by name as well. */
export async function listUsers({ db }: { db: Database }, input: NamedPageInput) {
  // Whoever administers the instance looks at all of its people, and at where they belong.
  const em = db.systemEm();
  const { where, options } = pageBy('email', input, ['name']);
  const { page, nextCursor } = cutPageBy('email', await em.find(User, where, options), input);
  const ids = page.map(({ id }) => id);
  const [seen, tenants] = await Promise.all([lastSeen(em, ids), tenantsOf(em, ids)]);
  const users = page.map((user): InstanceUser => {
    const { id, name, email, instanceAdmin } = user;
    return {
      id,
      name,
      email,
      instanceAdmin,
      disabledAt: user.disabledAt?.toISOString() ?? null,
      createdAt: user.createdAt.toISOString(),
      lastSeenAt: seen.get(id) ?? null,
      tenants: tenants.filter(({ userId }) => userId === id).map(({ tenant }) => tenant),
    };
  });
  return { users, nextCursor };
}

async function tenantsOf(em: EntityManager, userIds: Id<'user'>[]) {
  const memberships = await em.find(Membership, { userId: { $in: userIds } });
  const ids = memberships.map(({ tenantId }) => tenantId);
  const tenants = await em.find(Tenant, { id: { $in: ids } }, { orderBy: { slug: 'asc' } });
  return tenants.flatMap(({ id, slug, name }) =>
    memberships
      .filter(({ tenantId }) => tenantId === id)
      .map(({ userId, role }) => ({ userId, tenant: { id, slug, name, role } })),
  );
}
