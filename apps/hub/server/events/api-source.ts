import { type Id, newId } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import { Source } from '@nexomatic/db/entities/source';
import { UniqueConstraintViolationException } from '@nexomatic/db/query';

/** Name of the source that a tenant's API calls and people's own firing come from. */
export const apiSourceName = 'api';

const known = new WeakMap<Database, Map<Id<'tenant'>, Id<'source'>>>();

/** The tenant's `api` source, made at the first event that is fired so. A source is never given another id. */
export async function apiSource(db: Database, tenantId: Id<'tenant'>): Promise<Id<'source'>> {
  const ofDatabase = known.get(db) ?? new Map<Id<'tenant'>, Id<'source'>>();
  known.set(db, ofDatabase);
  const id = ofDatabase.get(tenantId) ?? (await find(db, tenantId)) ?? (await create(db, tenantId));
  ofDatabase.set(tenantId, id);
  return id;
}

async function find(db: Database, tenantId: Id<'tenant'>): Promise<Id<'source'> | undefined> {
  const where = { name: apiSourceName, kind: 'CUSTOM' as const };
  return (await db.tenantEm(tenantId).findOne(Source, where, { fields: ['id'] }))?.id;
}

async function create(db: Database, tenantId: Id<'tenant'>): Promise<Id<'source'>> {
  const em = db.tenantEm(tenantId);
  const source = em.create(Source, { tenantId, id: newId('source'), name: apiSourceName, kind: 'CUSTOM' });
  em.persist(source);
  try {
    await em.flush();
    return source.id;
  } catch (error) {
    // Another call made it at the same moment; the name is unique in a tenant.
    const made = error instanceof UniqueConstraintViolationException ? await find(db, tenantId) : undefined;
    if (made === undefined) throw error;
    return made;
  }
}
