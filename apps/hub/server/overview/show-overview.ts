import type { Id } from '@nexomatic/contracts/id';
import { maxCounted, type Overview, type OverviewRange, type OverviewSink } from '@nexomatic/contracts/overview-api';
import type { Database } from '@nexomatic/db/database';
import { EventType } from '@nexomatic/db/entities/event-type';
import { Sink } from '@nexomatic/db/entities/sink';
import { SinkType } from '@nexomatic/db/entities/sink-type';
import {
  countUpTo,
  findErrors,
  findLatestEvent,
  findRunning,
  oldestWaiting,
  type RunningRow,
} from '@nexomatic/db/overview-reads';
import type { EntityManager } from '@nexomatic/db/query';
import type { RangeFigures, ReadFigures } from '../stats/read-figures.ts';
import { findAttention, type KnownSink } from './find-attention.ts';
import { findFirstSteps } from './find-first-steps.ts';
import { groupErrors } from './group-errors.ts';

const maxErrors = 200;
const maxOldest = 200;
const maxShown = 20;
const maxSinks = 200;

/** All that the Overview shows; none of it costs more where there are more events. */
export async function showOverview(
  { db, readFigures }: { db: Database; readFigures: ReadFigures },
  tenantId: Id<'tenant'>,
  { range, seesSinks }: { range: OverviewRange; seesSinks: boolean },
): Promise<Overview> {
  const { sql } = db;
  const em = db.tenantEm(tenantId);
  const [figures, waiting, oldest, running, errors, latest, definitions] = await Promise.all([
    readFigures(tenantId, range),
    countUpTo(sql, tenantId, 'QUEUED', maxCounted + 1),
    oldestWaiting(sql, tenantId, maxOldest),
    findRunning(sql, tenantId, maxCounted + 1),
    findErrors(sql, tenantId, maxErrors),
    findLatestEvent(sql, tenantId),
    readDefinitions(em),
  ]);
  const { sinks, sinkTypes } = definitions;
  const deps = { em, sql, tenantId };
  const [attention, firstSteps] = await Promise.all([
    findAttention(deps, sinkTypes, sinks),
    findFirstSteps({ ...deps, em: db.tenantEm(tenantId) }, { sinks, latestEventId: latest?.id ?? null }),
  ]);
  const longest = running.slice(0, maxShown);
  const recent = errors.filter(({ finishedAt }) => finishedAt.getTime() >= figures.since);
  const typeName = await namesOfTypes(em, [...longest, ...recent]);
  return {
    range,
    ...toTimes(figures),
    lastEventAt: latest?.createdAt.toISOString() ?? null,
    waiting: { ...bounded(waiting), oldestAt: oldest?.toISOString() ?? null },
    running: { ...bounded(running.length), longest: longest.map((row) => toRunning(row, typeName, sinks)) },
    errors: { groups: groupErrors(recent, typeName), looked: recent.length },
    sinks: seesSinks ? sinks.map((sink) => toSink(sink, sinkTypes, running)) : null,
    attention: seesSinks ? attention : attention.filter(({ code }) => code !== 'sink_offline'),
    firstSteps,
  };
}

async function readDefinitions(em: EntityManager): Promise<{ sinks: KnownSink[]; sinkTypes: SinkType[] }> {
  const sinkTypes = await em.find(SinkType, {}, { orderBy: { name: 'asc' } });
  const fields = ['id', 'name', 'sinkTypeId', 'status', 'slots', 'lastSeenAt'] as const;
  const sinks = await em.find(Sink, {}, { fields, orderBy: { name: 'asc' }, limit: maxSinks });
  return { sinks, sinkTypes };
}

type OfType = { eventTypeId: Id<'eventType'> };

/** Gives the name of an event's type; its id where it has been deleted since. */
async function namesOfTypes(em: EntityManager, rows: OfType[]): Promise<(row: OfType) => string> {
  const ids = [...new Set(rows.map(({ eventTypeId }) => eventTypeId))];
  const types = ids.length === 0 ? [] : await em.find(EventType, { id: { $in: ids } }, { fields: ['id', 'name'] });
  const names = new Map(types.map(({ id, name }) => [id, name]));
  return ({ eventTypeId }) => names.get(eventTypeId) ?? eventTypeId;
}

const bounded = (counted: number) => ({ count: Math.min(counted, maxCounted), more: counted > maxCounted });

const iso = (ms: number): string => new Date(ms).toISOString();

function toTimes({ since, until, stepSeconds, steps, total, before }: RangeFigures) {
  const dated = steps.map((step) => ({ ...step, at: iso(step.at) }));
  return { since: iso(since), until: iso(until), stepSeconds, steps: dated, total, before };
}

function toRunning(row: RunningRow, typeName: (row: RunningRow) => string, sinks: KnownSink[]) {
  const sink = sinks.find(({ id }) => id === row.sinkId)?.name ?? null;
  return { id: row.id, type: typeName(row), sink, startedAt: row.startedAt.toISOString() };
}

function toSink(sink: KnownSink, sinkTypes: SinkType[], running: RunningRow[]): OverviewSink {
  const { id, name, status, slots } = sink;
  return {
    id,
    name,
    type: sinkTypes.find((type) => type.id === sink.sinkTypeId)?.name ?? '',
    status,
    slots,
    busy: running.filter(({ sinkId }) => sinkId === id).length,
    lastSeenAt: sink.lastSeenAt?.toISOString() ?? null,
  };
}
