import type { Clock } from '@nexomatic/clock';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { EventDetail, EventSummary } from '@nexomatic/contracts/event-api';
import type { Id } from '@nexomatic/contracts/id';
import type { StoredParameter } from '@nexomatic/contracts/sink-protocol';
import type { Database } from '@nexomatic/db/database';
import { Attempt } from '@nexomatic/db/entities/attempt';
import { AttemptResult } from '@nexomatic/db/entities/attempt-result';
import { Event } from '@nexomatic/db/entities/event';
import { EventActivity } from '@nexomatic/db/entities/event-activity';
import { EventPayload } from '@nexomatic/db/entities/event-payload';
import { EventRerun } from '@nexomatic/db/entities/event-rerun';
import { EventType } from '@nexomatic/db/entities/event-type';
import { Schedule } from '@nexomatic/db/entities/schedule';
import { ScheduleOccurrence } from '@nexomatic/db/entities/schedule-occurrence';
import { partsOfEvents } from '@nexomatic/db/ledger/log-archives';
import type { EntityManager } from '@nexomatic/db/query';
import { readStoredParameters } from '../secrets/secret-uses.ts';
import { showBody } from './stored-body.ts';
import { nameOf, sinkNames, summaryFields, toSummaries } from './summaries.ts';
import { waitingOf } from './waiting-facts.ts';

/** Most events of one chain that are shown. */
const maxChain = 200;
const maxActivity = 200;
const maxReruns = 50;

/** Everything there is to say about one event, but for its log; an event of another tenant is as good as none. */
export async function getEvent(
  { db, clock }: { db: Database; clock: Clock },
  tenantId: Id<'tenant'>,
  id: Id<'event'>,
): Promise<EventDetail> {
  const em = db.tenantEm(tenantId);
  const event = await em.findOne(
    Event,
    { id },
    { fields: [...summaryFields, 'actionId', 'scheduleId', 'cancelRequestedAt'] },
  );
  if (!event) throw eventNotFound(id);
  const chainRows = await em.find(
    Event,
    { rootId: event.rootId },
    { fields: summaryFields, orderBy: { id: 'asc' }, limit: maxChain },
  );
  const chain = await toSummaries(em, chainRows);
  const summary = chain.find((one) => one.id === id) ?? (await toSummaries(em, [event]))[0];
  if (!summary) throw eventNotFound(id);
  const waiting = (await waitingOf(em, [event], clock.now())).get(id) ?? null;
  const type = await em.findOne(EventType, { id: event.eventTypeId }, { fields: ['searchKeys'] });
  const payload = await em.findOne(EventPayload, { eventId: id });
  const activity = await em.find(EventActivity, { eventId: id }, { orderBy: { id: 'asc' }, limit: maxActivity });
  return {
    ...summary,
    eventTypeId: event.eventTypeId,
    actionId: event.actionId,
    schedule: event.scheduleId ? await scheduleOf(em, id, event.scheduleId) : null,
    searchKeys: JSON.parse(type?.searchKeys ?? '[]') as string[],
    payload: showBody(payload?.body ?? Buffer.alloc(0), payload?.contentType ?? ''),
    payloadKept: payload !== null,
    result: await latestResult(em, id),
    attempts: await attemptsOf(em, id, await archivedAttempts(db, tenantId, id)),
    waiting,
    cancelRequestedAt: event.cancelRequestedAt?.toISOString() ?? null,
    reruns: await rerunsOf(em, id),
    chain,
    activity: activity.map(({ at, verb, actor, detail }) => ({ at: at.toISOString(), verb, actor, detail })),
  };
}

async function scheduleOf(
  em: EntityManager,
  eventId: Id<'event'>,
  id: Id<'schedule'>,
): Promise<EventDetail['schedule']> {
  const schedule = await em.findOne(Schedule, { id }, { fields: ['id', 'name'] });
  if (!schedule) return null;
  const run = await em.findOne(ScheduleOccurrence, { eventId }, { fields: ['dueAt'] });
  return { id, name: schedule.name, dueAt: run?.dueAt.toISOString() ?? null };
}

async function rerunsOf(em: EntityManager, id: Id<'event'>): Promise<EventSummary[]> {
  const links = await em.find(EventRerun, { rerunOf: id }, { orderBy: { eventId: 'desc' }, limit: maxReruns });
  if (links.length === 0) return [];
  const ids = links.map(({ eventId }) => eventId);
  return toSummaries(
    em,
    await em.find(Event, { id: { $in: ids } }, { fields: summaryFields, orderBy: { id: 'desc' } }),
  );
}

/** The refusal for an event that this tenant does not have. */
export const eventNotFound = (id: string): NexomaticError =>
  new NexomaticError('not_found', `There is no event ${id} here.`);

async function latestResult(em: EntityManager, id: Id<'event'>): Promise<EventDetail['result']> {
  const [result] = await em.find(AttemptResult, { eventId: id }, { orderBy: { number: 'desc' }, limit: 1 });
  return result ? showBody(result.body, 'application/json') : null;
}

function showParameter(parameter: StoredParameter): EventDetail['attempts'][number]['parameters'][number] {
  const { key, kind, origin } = parameter;
  if (parameter.kind !== 'SECRET') return { key, kind, origin, json: parameter.json, secret: null };
  return { key, kind, origin, json: null, secret: { name: parameter.name, version: parameter.version } };
}

async function archivedAttempts(
  { sql }: Database,
  tenantId: Id<'tenant'>,
  id: Id<'event'>,
): Promise<ReadonlySet<number>> {
  const parts = await partsOfEvents(sql, tenantId, [id]);
  return new Set(parts.filter(({ blocks }) => blocks !== '').map(({ attempt }) => attempt));
}

async function attemptsOf(
  em: EntityManager,
  id: Id<'event'>,
  archived: ReadonlySet<number>,
): Promise<EventDetail['attempts']> {
  const attempts = await em.find(Attempt, { eventId: id }, { orderBy: { number: 'asc' } });
  const sinks = await sinkNames(
    em,
    attempts.map((attempt) => attempt.sinkId),
  );
  return attempts.map((attempt) => ({
    number: attempt.number,
    state: attempt.state,
    reason: attempt.reason ?? null,
    message: attempt.message ?? null,
    exitCode: attempt.exitCode ?? null,
    sink: nameOf(sinks, attempt.sinkId),
    module: attempt.module,
    eventTypeVersion: attempt.eventTypeVersion ?? null,
    actionVersion: attempt.actionVersion ?? null,
    startedAt: attempt.startedAt.toISOString(),
    finishedAt: attempt.finishedAt?.toISOString() ?? null,
    logArchived: archived.has(attempt.number),
    parameters: readStoredParameters(attempt.parameters).map(showParameter),
  }));
}
