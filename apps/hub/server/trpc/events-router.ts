import {
  eventDetail,
  fireInput,
  fireOutput,
  listEventsInput,
  listEventsOutput,
  readLogInput,
  readLogOutput,
} from '@nexomatic/contracts/event-api';
import { idSchema } from '@nexomatic/contracts/id';
import { tracked } from '@trpc/server';
import * as z from 'zod';
import { eventChanges } from '../events/event-changes.ts';
import { fireEvent } from '../events/fire-event.ts';
import { getEvent } from '../events/get-event.ts';
import { listEvents } from '../events/list-events.ts';
import { followLog } from '../logs/follow-log.ts';
import { readLog } from '../logs/read-log.ts';
import { logPosition, parseLogPosition } from './log-position.ts';
import { router, tenantProcedure } from './procedure.ts';
import { jsonTextOf } from './raw-json.ts';

const tags = ['events'];

/** Firing, finding and reading events. What has `openapi` is also an address under `/api/v1`. */
export const eventsRouter = router({
  fire: tenantProcedure('events.fire')
    .meta({ openapi: { method: 'POST', path: '/events', operationId: 'fireEvent', summary: 'Fire an event', tags } })
    .input(fireInput)
    .output(fireOutput)
    .mutation(({ ctx: { services, tenantId, idempotencyKey, remoteAddress }, input: { type, payload } }) =>
      fireEvent(services, { tenantId, type, payload: jsonTextOf(payload), idempotencyKey, remoteAddress }),
    ),

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
      }),
    )
    .subscription(async function* ({
      ctx: { services, tenantId },
      input: { id, attempt, lastEventId },
      signal = never,
    }) {
      const from = parseLogPosition(lastEventId) ?? { attempt, after: 0 };
      for await (const page of followLog(services, tenantId, { id, ...from }, signal)) {
        const { entries, lastSeq, complete } = page;
        yield tracked(logPosition(page.attempt, lastSeq), { attempt: page.attempt, entries, lastSeq, complete });
      }
    }),
});

/** For callers in the same process, who end a subscription by leaving its loop. */
const never = new AbortController().signal;
