import {
  cancelInput,
  cancelOutput,
  eventDetail,
  fireInput,
  fireOutput,
  listEventsInput,
  listEventsOutput,
  purgeEventInput,
  rerunInput,
} from '@nexomatic/contracts/event-api';
import { idSchema } from '@nexomatic/contracts/id';
import {
  findInLogInput,
  foundInLog,
  logLines,
  readLinesInput,
  readLogInput,
  readLogOutput,
} from '@nexomatic/contracts/log-api';
import { tracked } from '@trpc/server';
import * as z from 'zod';
import { purgeEvent } from '../archive/purge-event.ts';
import { type Actor, activityActor } from '../auth/actor.ts';
import { type Authorized, holds } from '../auth/authorize.ts';
import { cancelEvent } from '../events/cancel-events.ts';
import { eventChanges } from '../events/event-changes.ts';
import { fireEvent } from '../events/fire-event.ts';
import { dedupeKeyOf } from '../events/fired-event.ts';
import { getEvent } from '../events/get-event.ts';
import { listEvents } from '../events/list-events.ts';
import { rerunEvent } from '../events/rerun-event.ts';
import { findInLog } from '../logs/find-in-log.ts';
import { followLog } from '../logs/follow-log.ts';
import { logPosition, parseLogPosition } from '../logs/log-position.ts';
import { readLines } from '../logs/read-lines.ts';
import { readLog } from '../logs/read-log.ts';
import { router, tenantProcedure } from './procedure.ts';
import { payloadTextOf } from './raw-json.ts';

const tags = ['events'];

/** Firing, finding and reading events. What has `openapi` is also an address under `/api/v1`. */
export const eventsRouter = router({
  fire: tenantProcedure('events.fire')
    .meta({ openapi: { method: 'POST', path: '/events', operationId: 'fireEvent', summary: 'Fire an event', tags } })
    .input(fireInput)
    .output(fireOutput)
    .mutation(({ ctx, input }) =>
      fireEvent(ctx.services, {
        tenantId: ctx.tenantId,
        type: input.type,
        payload: payloadTextOf(input) ?? 'null',
        source: input.source ?? null,
        boundTo: ctx.principal.kind === 'apiToken' ? ctx.principal.sourceId : null,
        sink: input.sink ?? null,
        delaySeconds: input.delaySeconds,
        at: input.at ?? null,
        idempotencyKey: ctx.idempotencyKey,
        remoteAddress: ctx.remoteAddress,
        bypassedBy: bypasser(ctx),
      }),
    ),

  rerun: tenantProcedure('events.manage')
    .meta({
      openapi: {
        method: 'POST',
        path: '/events/{id}/rerun',
        operationId: 'rerunEvent',
        summary: 'Run a finished event again, as a new event by the present definitions',
        tags,
      },
    })
    .input(rerunInput)
    .output(fireOutput)
    .mutation(({ ctx, input }) =>
      rerunEvent(ctx.services, {
        tenantId: ctx.tenantId,
        id: input.id,
        payload: payloadTextOf(input),
        dedupeKey: dedupeKeyOf(ctx.idempotencyKey),
        by: activityActor(ctx.actor),
        bypassedBy: bypasser(ctx),
        remoteAddress: ctx.remoteAddress,
      }),
    ),

  cancel: tenantProcedure('events.manage')
    .meta({
      openapi: {
        method: 'POST',
        path: '/events/{id}/cancel',
        operationId: 'cancelEvent',
        summary: 'End an event that waits or runs; nothing follows on it',
        tags,
      },
    })
    .input(cancelInput)
    .output(cancelOutput)
    .mutation(({ ctx: { services, tenantId, actor }, input }) =>
      cancelEvent(services, { tenantId, id: input.id, by: activityActor(actor) }),
    ),

  purge: tenantProcedure('tenant.write')
    .input(purgeEventInput)
    .output(z.void())
    .mutation(({ ctx: { services, tenantId, actor }, input }) => purgeEvent(services, tenantId, actor, input)),

  list: tenantProcedure('events.read')
    .meta({ openapi: { method: 'GET', path: '/events', operationId: 'listEvents', summary: 'List events', tags } })
    .input(listEventsInput)
    .output(listEventsOutput)
    .query(({ ctx: { services, tenantId }, input }) => listEvents(services, tenantId, input)),

  get: tenantProcedure('events.read')
    .meta({
      openapi: { method: 'GET', path: '/events/{id}', operationId: 'getEvent', summary: 'Read one event', tags },
    })
    .input(z.strictObject({ id: idSchema('event') }))
    .output(eventDetail)
    .query(({ ctx: { services, tenantId }, input }) => getEvent(services, tenantId, input.id)),

  logs: tenantProcedure('logs.read')
    .meta({
      openapi: {
        method: 'GET',
        path: '/events/{id}/logs',
        operationId: 'readLog',
        summary: 'Read an event’s log',
        tags,
      },
    })
    .input(readLogInput)
    .output(readLogOutput)
    .query(({ ctx: { services, tenantId }, input }) => readLog(services, tenantId, input)),

  logLines: tenantProcedure('logs.read')
    .meta({
      openapi: {
        method: 'GET',
        path: '/events/{id}/log-lines',
        operationId: 'readLogLines',
        summary: 'Read lines of an event’s log by their numbers',
        tags,
      },
    })
    .input(readLinesInput)
    .output(logLines)
    .query(({ ctx: { services, tenantId }, input }) => readLines(services, tenantId, input)),

  findInLog: tenantProcedure('logs.read')
    .meta({
      openapi: {
        method: 'GET',
        path: '/events/{id}/log-search',
        operationId: 'findInLog',
        summary: 'Find text in all of an event’s log',
        tags,
      },
    })
    .input(findInLogInput)
    .output(foundInLog)
    .query(({ ctx: { services, tenantId }, input }) => findInLog(services, tenantId, input)),

  /** Which events changed, gathered for a quarter of a second. */
  changes: tenantProcedure('events.read').subscription(({ ctx: { services, tenantId }, signal = never }) =>
    eventChanges(services.live, tenantId, signal),
  ),

  /** An attempt's log from where the reader was (`lastEventId`) to its end, as it is written. */
  followLog: tenantProcedure('logs.read')
    .input(
      z.strictObject({
        id: idSchema('event'),
        attempt: z.int().positive().optional(),
        lastEventId: z.string().max(40).nullish(),
        longLines: z.enum(['pieces', 'cut']).default('pieces'),
      }),
    )
    .subscription(async function* ({
      ctx: { services, tenantId },
      input: { id, attempt, lastEventId, longLines },
      signal = never,
    }) {
      const from = parseLogPosition(lastEventId) ?? { attempt, after: 0 };
      for await (const page of followLog(services, tenantId, { id, longLines, ...from }, signal)) {
        const { entries, lastSeq, complete } = page;
        yield tracked(logPosition(page.attempt, lastSeq), { attempt: page.attempt, entries, lastSeq, complete });
      }
    }),
});

/** The caller's name for the event's activity, where they may fire what only another kind of source fires. */
const bypasser = ({ principal, actor }: Pick<Authorized, 'principal'> & { actor: Actor }): string | null =>
  holds(principal, 'events.bypass') ? activityActor(actor) : null;

/** For callers in the same process, who end a subscription by leaving its loop. */
const never = new AbortController().signal;
