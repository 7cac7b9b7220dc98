import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import { Source } from '@nexomatic/db/entities/source';
import { apiSource, apiSourceName } from '../events/api-source.ts';

/** The source that an API call fires as: the hub's own, or the CUSTOM one that it names. */
export async function firingSource(db: Database, tenantId: Id<'tenant'>, name: string | null): Promise<Id<'source'>> {
  if (name === null || name === apiSourceName) return apiSource(db, tenantId);
  const source = await db.tenantEm(tenantId).findOne(Source, { name }, { fields: ['id', 'kind', 'enabled'] });
  if (!source) {
    const errors = [{ path: 'source', message: 'no source has this name' }];
    throw new NexomaticError('not_found', `There is no source ${name} here.`, { errors });
  }
  if (source.kind !== 'CUSTOM') {
    const errors = [{ path: 'source', message: 'not a source of kind CUSTOM' }];
    throw new NexomaticError('unprocessable', `Programs can not fire as ${name}, a source of kind ${source.kind}.`, {
      errors,
    });
  }
  if (!source.enabled) {
    const errors = [{ path: 'source', message: 'it is disabled' }];
    throw new NexomaticError('unprocessable', `The source ${name} is disabled.`, { errors });
  }
  return source.id;
}
