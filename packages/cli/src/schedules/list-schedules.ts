import type { ListSchedules } from '@nexomatic/client/schedules';
import type { ScheduleSummary } from '@nexomatic/contracts/schedule-api';
import { callHub } from '../hub/call-hub.ts';
import type { HubOptions } from '../hub/hub-options.ts';
import { minuteOf } from '../hub/minute-of.ts';
import { printJson } from '../hub/print-json.ts';
import { printTable } from '../hub/print-table.ts';

type Shown = HubOptions & { json?: boolean };
type Narrowed = Pick<ListSchedules, 'status' | 'sort'>;

/** `nexomatic schedule list`. Gives the exit code. */
export const listSchedules = ({ status, sort, ...options }: Shown & Narrowed): Promise<number> =>
  callHub(options, async (hub) => {
    const schedules: ScheduleSummary[] = [];
    const query = { limit: 200, ...(status ? { status } : {}), ...(sort ? { sort } : {}) };
    for await (const one of hub.schedules.each(query)) schedules.push(one);
    if (options.json) return printJson({ schedules });
    printTable(
      ['NAME', 'STATUS', 'NEXT', 'RUNS', 'ZONE', 'EVENT TYPE', 'LAST'],
      schedules.map((one) => [
        ...[one.name, statusOf(one), minuteOf(one.nextDueAt), one.cron ?? 'once', one.timeZone],
        ...[one.eventType?.name ?? '-', lastOf(one)],
      ]),
    );
  });

/** `nexomatic schedule show`. Gives the exit code. */
export const showSchedule = (name: string, options: Shown): Promise<number> =>
  callHub(options, async (hub) => {
    const one = await hub.schedules.get(name);
    if (options.json) return printJson({ schedule: one });
    printTable(
      ['NAME', one.name],
      [
        ['id', one.id],
        ['status', statusOf(one)],
        ...(one.pausedAt ? [['paused', pauseOf(one)]] : []),
        ['event type', one.eventType?.name ?? '-'],
        one.kind === 'cron' ? ['runs', `${one.cron} in ${one.timeZone}`] : ['runs', `once, at ${one.at}`],
        ['from, to', `${minuteOf(one.startsAt)}, ${minuteOf(one.endsAt)}`],
        ['next', nextOf(one)],
        ['last', lastOf(one)],
        ['overlap', one.overlap.replaceAll('_', ' ')],
        ['missed', one.missed === 'all' ? `all of the last ${one.missedWindowMinutes} min, held` : one.missed],
        ['held', String(one.heldCount)],
        ['pinned to', one.pinnedSink ? `${one.pinnedSink.name} (${one.pinnedSink.status.toLowerCase()})` : '-'],
        ['payload', one.payload],
      ],
    );
  });

const statusOf = ({ status, heldCount }: ScheduleSummary): string =>
  heldCount > 0 ? `${status}, ${heldCount} held` : status;

function lastOf({ last }: ScheduleSummary): string {
  if (!last) return '-';
  return `${minuteOf(last.dueAt)} ${last.reason ?? last.event?.state.toLowerCase() ?? last.status}`;
}

function pauseOf({ pausedAt, pausedBy, pausedUntil, pauseNote }: ScheduleSummary): string {
  const until = pausedUntil ? ` until ${minuteOf(pausedUntil)}` : '';
  return `since ${minuteOf(pausedAt)}${until} by ${pausedBy ?? 'the hub'}${pauseNote ? `: ${pauseNote}` : ''}`;
}

function nextOf({ nextDueAt, skipDueAt, jitterSeconds }: ScheduleSummary): string {
  const jitter = nextDueAt && jitterSeconds > 0 ? ` and up to ${jitterSeconds} s` : '';
  return `${minuteOf(nextDueAt)}${jitter}${nextDueAt !== null && skipDueAt === nextDueAt ? ', will be skipped' : ''}`;
}
