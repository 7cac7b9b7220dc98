import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import type { SinkTypeSummary } from '@nexomatic/contracts/sink-type-api';
import type { Database } from '@nexomatic/db/database';
import { EventType } from '@nexomatic/db/entities/event-type';
import { Sink } from '@nexomatic/db/entities/sink';
import { SinkType } from '@nexomatic/db/entities/sink-type';
import type { EntityManager } from '@nexomatic/db/query';
import { cutPage, type NamedPageInput, namedPage } from '../definitions/page-by-name.ts';

interface Deps {
  db: Database;
}

/** A page of a tenant's sink types, by name. */
export async function listSinkTypes({ db }: Deps, tenantId: Id<'tenant'>, input: NamedPageInput) {
  const em = db.tenantEm(tenantId);
  const { where, options } = namedPage(input);
  const { page, nextCursor } = cutPage(await em.find(SinkType, where, options), input);
  return { sinkTypes: await showSinkTypes(em, page), nextCursor };
}

export async function getSinkType({ db }: Deps, tenantId: Id<'tenant'>, id: Id<'sinkType'>): Promise<SinkTypeSummary> {
  const em = db.tenantEm(tenantId);
  return showSinkType(em, await findSinkType(em, id));
}

/** The sink type, or the refusal for one that this tenant does not have. */
export async function findSinkType(em: EntityManager, id: Id<'sinkType'>): Promise<SinkType> {
  const row = await em.findOne(SinkType, { id });
  if (!row) throw new NexomaticError('not_found', `There is no sink type ${id} here.`);
  return row;
}

export async function showSinkType(em: EntityManager, row: SinkType): Promise<SinkTypeSummary> {
  const [shown] = await showSinkTypes(em, [row]);
  if (!shown) throw new Error('one sink type was to be shown');
  return shown;
}

async function showSinkTypes(em: EntityManager, rows: SinkType[]): Promise<SinkTypeSummary[]> {
  const ids = rows.map(({ id }) => id);
  const ofTypes = { sinkTypeId: { $in: ids } };
  const sinks = await em.find(Sink, ofTypes, { fields: ['id', 'sinkTypeId', 'status'] });
  const eventTypes = await em.find(EventType, ofTypes, {
    fields: ['id', 'name', 'sinkTypeId'],
    orderBy: { name: 'asc' },
  });
  return rows.map((row) => {
    const own = sinks.filter(({ sinkTypeId }) => sinkTypeId === row.id);
    return {
      id: row.id,
      ...sinkTypeBodyOf(row),
      version: row.version,
      sinks: { total: own.length, online: own.filter(({ status }) => status === 'ONLINE').length },
      usedBy: eventTypes.filter(({ sinkTypeId }) => sinkTypeId === row.id).map(({ id, name }) => ({ id, name })),
    };
  });
}

/** The part of a sink type that a save changes and the audit log shows. */
export const sinkTypeBodyOf = ({ name, runtime, description }: SinkType) => ({ name, runtime, description });
