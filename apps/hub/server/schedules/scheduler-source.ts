import { type Id, newId } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import { Source } from '@nexomatic/db/entities/source';
import { UniqueConstraintViolationException } from '@nexomatic/db/query';

/** Name of the source that a tenant's schedules fire as; a tenant that used it for another has the next free of `scheduler-2`… */
export const schedulerSourceName = 'scheduler';

/** The tenant's source of kind SCHEDULER, made when there is none. */
export async function schedulerSource(db: Database, tenantId: Id<'tenant'>): Promise<Id<'source'>> {
  for (let number = 1; ; number += 1) {
    const found = await find(db, tenantId);
    if (found) return found;
    const name = number === 1 ? schedulerSourceName : `${schedulerSourceName}-${number}`;
    const made = await create(db, tenantId, name);
    if (made) return made;
  }
}

const find = async (db: Database, tenantId: Id<'tenant'>): Promise<Id<'source'> | undefined> =>
  (await db.tenantEm(tenantId).findOne(Source, { kind: 'SCHEDULER' }, { fields: ['id'], orderBy: { id: 'asc' } }))?.id;

/** Gives null where the name is taken, perhaps by another hub that made the source at the same moment. */
async function create(db: Database, tenantId: Id<'tenant'>, name: string): Promise<Id<'source'> | null> {
  const em = db.tenantEm(tenantId);
  const source = em.create(Source, { tenantId, id: newId('source'), name, kind: 'SCHEDULER' });
  try {
    await em.persist(source).flush();
    return source.id;
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException) return null;
    throw error;
  }
}
