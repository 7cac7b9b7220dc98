import type { EventSummary } from '@nexomatic/contracts/event-api';
import type { Id } from '@nexomatic/contracts/id';
import type { Event } from '@nexomatic/db/entities/event';
import { EventType } from '@nexomatic/db/entities/event-type';
import { Sink } from '@nexomatic/db/entities/sink';
import { Source } from '@nexomatic/db/entities/source';
import type { EntityManager } from '@nexomatic/db/query';

/** The columns that a summary is made of; none of them holds a payload, a result or a log. */
export const summaryFields = [
  'id',
  'eventTypeId',
  'sourceId',
  'sinkId',
  'state',
  'reason',
  'message',
  'attempt',
  'parentId',
  'edge',
  'rootId',
  'depth',
  'rerunOf',
  'availableAt',
  'pinnedSinkId',
  'sinkTypeId',
  'createdAt',
  'startedAt',
  'finishedAt',
] as const;

export type SummaryRow = Pick<Event, (typeof summaryFields)[number]>;

/** Events as lists show them. Names of types, sources and sinks take one query each, however many events there are. */
export async function toSummaries(em: EntityManager, rows: SummaryRow[]): Promise<EventSummary[]> {
  const { types, sources, sinks } = await namesOfRows(em, rows);
  return rows.map((row) => ({
    id: row.id,
    type: types.get(row.eventTypeId) ?? row.eventTypeId,
    state: row.state,
    reason: row.reason ?? null,
    message: row.message ?? null,
    attempt: row.attempt,
    source: nameOf(sources, row.sourceId),
    sink: nameOf(sinks, row.sinkId),
    parentId: row.parentId ?? null,
    edge: row.edge ?? null,
    rootId: row.rootId,
    depth: row.depth,
    rerunOf: row.rerunOf ?? null,
    createdAt: row.createdAt.toISOString(),
    availableAt: row.availableAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  }));
}

type MaybeId<I> = I | null | undefined;

interface NamedRow {
  eventTypeId: Id<'eventType'>;
  sourceId?: MaybeId<Id<'source'>>;
  sinkId?: MaybeId<Id<'sink'>>;
}

/** Names of the types, sources and sinks that the rows name. */
export async function namesOfRows(em: EntityManager, rows: NamedRow[]) {
  const fields = ['id', 'name'] as const;
  const types = await namesOf(
    rows.map((row) => row.eventTypeId),
    (ids) => em.find(EventType, { id: { $in: ids } }, { fields }),
  );
  const sources = await namesOf(
    rows.map((row) => row.sourceId),
    (ids) => em.find(Source, { id: { $in: ids } }, { fields }),
  );
  const sinks = await sinkNames(
    em,
    rows.map((row) => row.sinkId),
  );
  return { types, sources, sinks };
}

/** Names of sinks by id. */
export const sinkNames = (em: EntityManager, ids: MaybeId<Id<'sink'>>[]): Promise<Map<Id<'sink'>, string>> =>
  namesOf(ids, (wanted) => em.find(Sink, { id: { $in: wanted } }, { fields: ['id', 'name'] }));

/** The name, or the id of what was deleted since, or null where there never was any. */
export const nameOf = <I extends string>(names: Map<I, string>, id: MaybeId<I>): string | null =>
  id ? (names.get(id) ?? id) : null;

async function namesOf<I extends string>(
  ids: MaybeId<I>[],
  find: (ids: I[]) => Promise<{ id: I; name: string }[]>,
): Promise<Map<I, string>> {
  const wanted = [...new Set(ids.filter((id) => id !== null && id !== undefined))];
  if (wanted.length === 0) return new Map();
  return new Map((await find(wanted)).map(({ id, name }) => [id, name]));
}
