import { maxPayloadBytes } from '@nexomatic/contracts/envelope';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { CreateSchedule } from '@nexomatic/contracts/schedule-api';
import { EventType } from '@nexomatic/db/entities/event-type';
import { Sink } from '@nexomatic/db/entities/sink';
import type { EntityManager } from '@nexomatic/db/query';
import { createPayloadCheck } from '../event-types/payload-check.ts';
import { jsonFaultOf } from '../ingress/json-fault.ts';
import { checkTimeZone } from '../tenants/check-time-zone.ts';
import { cronFault } from './cron/check-cron.ts';
import { instantsBetween, nextInstant, type Timing } from './cron/run-times.ts';

/** What of a schedule says when it runs. */
type TimingInput = Pick<CreateSchedule, 'kind' | 'cron' | 'at' | 'startsAt' | 'endsAt'> & { timeZone: string };

/** Refuses what names no times, each fault with its field. */
export function checkTiming({ kind, cron, at, timeZone, startsAt, endsAt }: TimingInput): void {
  checkTimeZone(timeZone);
  if (kind === 'at') {
    if (at === null) throw refusal('at', 'A schedule of kind at needs its instant.', 'say when it fires');
    if (cron !== null) throw refusal('cron', 'A schedule of kind at has no cron expression.', 'leave it out');
    const bound = startsAt === null ? (endsAt === null ? null : 'endsAt') : 'startsAt';
    if (bound)
      throw refusal(bound, 'A schedule of kind at fires once, without a first and a last day.', 'leave it out');
    return;
  }
  if (at !== null) throw refusal('at', 'A schedule of kind cron fires by its expression.', 'leave it out');
  const fault = cronFault(cron ?? '');
  if (fault) throw refusal('cron', 'The cron expression does not fit.', fault);
  if (startsAt !== null && endsAt !== null && Date.parse(endsAt) < Date.parse(startsAt)) {
    throw refusal('endsAt', 'The schedule ends before it starts.', 'not before the start');
  }
}

/** Refuses what a schedule can not fire. */
export async function checkTarget(em: EntityManager, input: CreateSchedule): Promise<void> {
  const payload = Buffer.from(input.payload);
  if (payload.length > maxPayloadBytes) {
    throw refusal('payload', 'The payload is too large.', `larger than ${maxPayloadBytes} bytes`);
  }
  const fault = jsonFaultOf(payload);
  if (fault !== null) throw refusal('payload', 'The payload is not JSON.', fault);
  const eventType = await em.findOne(EventType, { id: input.eventTypeId });
  if (!eventType) {
    throw refusal('eventTypeId', 'It names an event type that is not here.', 'no event type has this id');
  }
  const { name, sourceKind } = eventType;
  if (sourceKind && sourceKind !== 'SCHEDULER') {
    const message = `it is fired by ${sourceKind} sources alone`;
    const detail = `The event type ${name} can not be scheduled: ${message}. Let it be fired by SCHEDULER or any source, or choose another.`;
    throw refusal('eventTypeId', detail, message);
  }
  const faults = eventType.payloadSchema ? createPayloadCheck(eventType.payloadSchema)(payload) : [];
  if (faults.length > 0) {
    const errors = faults.map(({ path, message }) => ({
      path: 'payload',
      message: `${path || 'the whole'}: ${message}`,
    }));
    throw new NexomaticError('unprocessable', `The payload does not pass the schema of ${name}.`, { errors });
  }
  await checkPin(em, input, eventType);
}

async function checkPin(em: EntityManager, { pinnedSinkId }: CreateSchedule, eventType: EventType): Promise<void> {
  if (pinnedSinkId === null) return;
  const sink = await em.findOne(Sink, { id: pinnedSinkId }, { fields: ['id', 'name', 'sinkTypeId'] });
  if (!sink) throw refusal('pinnedSinkId', 'It names a sink that is not here.', 'no sink has this id');
  if (sink.sinkTypeId === eventType.sinkTypeId) return;
  const message = `${sink.name} is of another sink type than ${eventType.name} runs on`;
  throw refusal('pinnedSinkId', `${message}; choose another sink or none.`, message);
}

/** A refusal that names the field. */
export const refusal = (path: string, detail: string, message: string): NexomaticError =>
  new NexomaticError('unprocessable', detail, { errors: [{ path, message }] });

/** Runs that are looked at for the shortest time between two. */
const lookedAt = 50;
const tenYearsMs = 10 * 366 * 24 * 3_600_000;

/** Refuses a jitter by which a run could come after the next one. */
export function checkJitter(schedule: Timing & { jitterSeconds: number }, now: Date): void {
  if (schedule.jitterSeconds === 0) return;
  const runs = instantsBetween(schedule, now, new Date(now.getTime() + tenYearsMs), lookedAt);
  const gaps = runs.slice(1).map((run, i) => run.getTime() - (runs[i]?.getTime() ?? 0));
  const shortest = Math.min(...gaps) / 1_000;
  if (schedule.jitterSeconds < shortest) return;
  const message = `less than the ${shortest} s between two runs`;
  throw refusal('jitterSeconds', 'A run would come after the next one.', message);
}

/** Refuses to switch on what has no run to come. */
export function checkNotOver(schedule: Timing, now: Date): void {
  if (nextInstant(schedule, now)) return;
  if (schedule.kind === 'at') throw refusal('at', 'Its only run lies in the past.', 'not in the past');
  throw refusal('endsAt', 'It has no run before its end.', 'after the next run');
}
