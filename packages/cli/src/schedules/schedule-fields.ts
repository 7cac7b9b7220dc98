import type { Nexomatic } from '@nexomatic/client/nexomatic';
import { told } from '@nexomatic/client/refusal';
import type { NewSchedule } from '@nexomatic/client/schedules';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import { missedRules, overlapRules } from '@nexomatic/contracts/schedule-api';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { readGiven } from '../hub/read-given.ts';
import { UsageError } from '../hub/usage-error.ts';
import { findSink } from '../sinks/find-sink.ts';

/** What `create` and `edit` are told of a schedule. */
export interface FieldOptions {
  type?: string;
  cron?: string;
  at?: string;
  tz?: string;
  starts?: string;
  ends?: string;
  jitter?: number;
  data?: string;
  sink?: string;
  overlap?: NonNullable<NewSchedule['overlap']>;
  missed?: NonNullable<NewSchedule['missed']>;
  missedWindow?: number;
  pauseAfter?: number;
  description?: string;
}

/** Adds the options by which a schedule is made or changed; `none` empties those that may be empty. */
export const withFields = (command: Command): Command =>
  command
    .option('--type <name>', 'event type that it fires')
    .option('--cron <expression>', 'five fields: minute, hour, day of month, month, day of week')
    .option('--at <instant>', 'fire once, at this instant: 2027-03-28T09:00:00+02:00')
    .option('--tz <zone>', 'time zone that the expression is read in, as in Europe/Berlin; without it the tenant’s')
    .option('--starts <instant>', 'no run before it; none: no such bound')
    .option('--ends <instant>', 'no run after it; none: no such bound')
    .option('--jitter <seconds>', 'put each run off by up to so many seconds', count(0))
    .option('--data <json>', 'payload: JSON, or @file, or - for standard input')
    .option('--sink <name>', 'the one sink that runs it; none: any of the sink type')
    .addOption(new Option('--overlap <rule>', 'while the run before is not finished').choices([...overlapRules]))
    .addOption(new Option('--missed <rule>', 'runs that were due while no hub was there').choices([...missedRules]))
    .option('--missed-window <minutes>', 'with --missed all: older ones are skipped', count(1))
    .option('--pause-after <errors>', 'pause it after so many errors in a row; 0: never', count(0))
    .option('--description <text>', 'for people');

function count(least: number) {
  return (given: string): number => {
    const number = Number(given);
    if (given.trim() !== '' && Number.isInteger(number) && number >= least) return number;
    throw new InvalidArgumentError(`Give a whole number, at least ${least}.`);
  };
}

/** The fields that options name, as the hub takes them; those that are not given are left out. */
export async function fieldsOf(hub: Nexomatic, given: FieldOptions): Promise<Partial<NewSchedule>> {
  const {
    description,
    overlap,
    missed,
    tz: timeZone,
    jitter: jitterSeconds,
    missedWindow: missedWindowMinutes,
  } = given;
  return defined({
    ...{ description, overlap, missed, timeZone, jitterSeconds, missedWindowMinutes },
    startsAt: orNone(given.starts),
    endsAt: orNone(given.ends),
    pauseAfterFailures: given.pauseAfter === 0 ? null : given.pauseAfter,
    eventTypeId: given.type === undefined ? undefined : await eventTypeId(hub, given.type),
    payload: given.data === undefined ? undefined : await readGiven(given.data),
    pinnedSinkId: given.sink === undefined ? undefined : await sinkId(hub, given.sink),
    ...timesOf(given),
  });
}

const orNone = (given: string | undefined): string | null | undefined => (given === 'none' ? null : given);

function timesOf({ cron, at, starts, ends }: FieldOptions) {
  if (at === undefined) return cron === undefined ? {} : { kind: 'cron' as const, cron, at: null };
  if (cron !== undefined) throw new UsageError('give --cron or --at, not both');
  if ((starts ?? ends ?? 'none') !== 'none') throw new UsageError('with --at there is neither --starts nor --ends');
  return { kind: 'at' as const, at, cron: null, startsAt: null, endsAt: null };
}

type Defined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

const defined = <T extends object>(fields: T): Defined<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>;

const sinkId = async (hub: Nexomatic, name: string): Promise<Id<'sink'> | null> =>
  name === 'none' ? null : (await findSink(hub, name)).id;

async function eventTypeId({ api }: Nexomatic, name: string): Promise<Id<'eventType'>> {
  const { eventTypes } = await told(api.eventTypes.list.query({ search: name.slice(0, 100), limit: 200 }));
  const found = eventTypes.find((one) => one.name === name);
  if (!found) throw new NexomaticError('not_found', `there is no event type ${name}`);
  return found.id;
}
