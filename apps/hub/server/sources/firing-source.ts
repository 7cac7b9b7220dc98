import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import { Source } from '@nexomatic/db/entities/source';
import { apiSource, apiSourceName } from '../events/api-source.ts';

/** What an API call says of whom it fires as: the name that it gives, and the source whose credential it shows. */
export interface FiresAs {
  source: string | null;
  boundTo: Id<'source'> | null;
}

/** The source that an API call fires as: the one whose credential it shows, the CUSTOM one that it names, or the hub's own. */
export async function firingSource(
  db: Database,
  tenantId: Id<'tenant'>,
  { source: name, boundTo }: FiresAs,
): Promise<Id<'source'>> {
  if (boundTo === null && (name === null || name === apiSourceName)) return apiSource(db, tenantId);
  const where = boundTo === null ? { name: name ?? apiSourceName } : { id: boundTo };
  const source = await db.tenantEm(tenantId).findOne(Source, where, { fields: ['id', 'name', 'kind', 'enabled'] });
  if (!source) {
    const errors = [{ path: 'source', message: 'no source has this name' }];
    throw new NexomaticError('not_found', `There is no source ${name ?? boundTo} here.`, { errors });
  }
  if (boundTo !== null && name !== null && name !== source.name) {
    throw new NexomaticError(
      'forbidden',
      `This token is the credential of the source ${source.name}; it fires as no other.`,
    );
  }
  if (source.kind !== 'CUSTOM') {
    const errors = [{ path: 'source', message: 'not a source of kind CUSTOM' }];
    throw new NexomaticError(
      'unprocessable',
      `Programs can not fire as ${source.name}, a source of kind ${source.kind}.`,
      {
        errors,
      },
    );
  }
  if (!source.enabled) {
    const errors = [{ path: 'source', message: 'it is disabled' }];
    throw new NexomaticError('unprocessable', `The source ${source.name} is disabled.`, { errors });
  }
  return source.id;
}
