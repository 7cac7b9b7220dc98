import type { BlackoutWindow, Weekday } from '@nexomatic/contracts/blackout-api';
import { callHub } from '../hub/call-hub.ts';
import type { HubOptions } from '../hub/hub-options.ts';
import { printJson } from '../hub/print-json.ts';
import { UsageError } from '../hub/usage-error.ts';
import { windowOf } from './list-blackouts.ts';

interface CreateOptions extends HubOptions {
  json?: boolean;
  from: string;
  until: string;
  weekly?: Weekday[];
  tz?: string;
  schedule?: string;
}

/** `nexomatic blackout create`. Gives the exit code. */
export const createBlackout = (name: string, options: CreateOptions): Promise<number> =>
  callHub(options, async (hub) => {
    const window = givenWindow(options);
    const scheduleId = options.schedule === undefined ? null : (await hub.schedules.get(options.schedule)).id;
    const made = await hub.blackouts.create({ name, scheduleId, window });
    if (options.json) return printJson({ blackout: made });
    const whose = made.schedule ? `runs of ${made.schedule.name} are` : 'every schedule’s runs are';
    process.stderr.write(`${made.name} is made; ${whose} skipped ${windowOf(made.window)}\n`);
  });

/** `nexomatic blackout delete`. Gives the exit code. */
export const deleteBlackout = (name: string, options: HubOptions & { yes?: boolean }): Promise<number> =>
  callHub(options, async (hub) => {
    const found = await hub.blackouts.get(name);
    if (!options.yes) throw new UsageError(`this deletes ${found.name}: runs fire in its window again; give --yes`);
    await hub.blackouts.delete(found.id);
    process.stderr.write(`${found.name} is deleted\n`);
  });

function givenWindow({ from, until, weekly: days, tz: timeZone }: CreateOptions): BlackoutWindow {
  if (days) {
    if (timeZone === undefined) throw new UsageError('--tz is missing: the time zone of --from and --until');
    return { kind: 'weekly', days, from, until, timeZone };
  }
  if (timeZone !== undefined) throw new UsageError('--tz is for --weekly; an instant tells its own zone');
  return { kind: 'once', from, until };
}
