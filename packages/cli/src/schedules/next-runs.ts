import type { SchedulePreview } from '@nexomatic/contracts/schedule-preview';
import { callHub } from '../hub/call-hub.ts';
import type { HubOptions } from '../hub/hub-options.ts';
import { minuteOf } from '../hub/minute-of.ts';
import { printJson } from '../hub/print-json.ts';
import { printTable } from '../hub/print-table.ts';
import { UsageError } from '../hub/usage-error.ts';

export interface RunsOptions extends HubOptions {
  json?: boolean;
  number: number;
  tz?: string;
}

/** `nexomatic schedule next`: with `--tz` also on the clock of that zone. Gives the exit code. */
export const nextRuns = (name: string, options: RunsOptions): Promise<number> =>
  callHub(options, async (hub) => {
    const clock = options.tz === undefined ? null : clockOf(options.tz);
    print(await hub.schedules.next(name, options.number), options, clock);
  });

/** `nexomatic cron`: when an expression runs, in the zone of `--tz` or else of the tenant. Gives the exit code. */
export const cronRuns = (cron: string, options: RunsOptions): Promise<number> =>
  callHub(options, async (hub) => {
    const zone = options.tz === undefined ? {} : { timeZone: options.tz };
    print(await hub.schedules.preview({ cron, count: options.number, ...zone }), options, null);
  });

interface WallClock {
  zone: string;
  read: (at: string) => string;
}

function clockOf(zone: string): WallClock {
  try {
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
    return { zone, read: (at) => format.format(Date.parse(at)) };
  } catch {
    throw new UsageError(`there is no time zone ${zone}; write it as in Europe/Berlin or UTC`);
  }
}

function print(preview: SchedulePreview, { json }: RunsOptions, clock: WallClock | null): void {
  if (json) return void printJson(preview);
  const other = clock ? [clock.zone] : [];
  printTable(
    [preview.timeZone, 'UTC', ...other, 'NOTE'],
    preview.runs.map(({ at, local, offset, note, blackout }) => [
      ...[`${local.slice(0, 16).replace('T', ' ')} ${offset}`, minuteOf(at)],
      ...(clock ? [clock.read(at)] : []),
      [note ?? [], blackout ? `skipped: blackout ${blackout.name}` : []].flat().join('; '),
    ]),
  );
  if (preview.runs.length === 0) process.stderr.write('no run is to come\n');
  for (const { message } of preview.warnings) process.stderr.write(`warning: ${message}\n`);
}
