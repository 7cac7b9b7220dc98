import type { InstanceTenant } from '@nexomatic/contracts/instance-api';
import type { Database } from '@nexomatic/db/database';
import { Membership } from '@nexomatic/db/entities/membership';
import { Tenant } from '@nexomatic/db/entities/tenant';
import { User } from '@nexomatic/db/entities/user';
import type { EntityManager } from '@nexomatic/db/query';
import { cutPageBy, type NamedPageInput, pageBy } from '../definitions/page-by-name.ts';

/** A page of the tenants of this hub, by slug; searched by name as well. */
export async function listTenants({ db }: { db: Database }, input: NamedPageInput) {
  // Whoever administers the instance looks at all of its tenants.
  const em = db.systemEm();
  const { where, options } = pageBy('slug', input, ['name']);
  const { page, nextCursor } = cutPageBy('slug', await em.find(Tenant, where, options), input);
  return { tenants: await showTenants(em, page), nextCursor };
}

/** Tenants with how many people belong to them, and who owns them. */
export async function showTenants(em: EntityManager, rows: Tenant[]): Promise<InstanceTenant[]> {
  const members = await em.find(Membership, { tenantId: { $in: rows.map(({ id }) => id) } });
  const owners = members.filter(({ role }) => role === 'owner');
  const people = await em.find(
    User,
    { id: { $in: owners.map(({ userId }) => userId) } },
    { fields: ['id', 'email'], orderBy: { email: 'asc' } },
  );
  return rows.map((row) => ({
    id: row.id,
    slug: row.slug,
    name: row.name,
    timeZone: row.timeZone,
    suspendedAt: row.suspendedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    members: members.filter(({ tenantId }) => tenantId === row.id).length,
    owners: people.filter(({ id }) => ownsIt(owners, row, id)).map(({ email }) => email),
  }));
}

const ownsIt = (owners: Membership[], { id }: Tenant, user: User['id']): boolean =>
  owners.some(({ tenantId, userId }) => tenantId === id && userId === user);
