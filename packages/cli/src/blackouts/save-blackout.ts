import type { BlackoutSummary, BlackoutWindow, Weekday } from '@nexomatic/contracts/blackout-api';
import { callHub } from '../hub/call-hub.ts';
import type { HubOptions } from '../hub/hub-options.ts';
import { printJson } from '../hub/print-json.ts';
import { UsageError } from '../hub/usage-error.ts';
import { windowOf } from './list-blackouts.ts';

interface WindowOptions {
  from: string;
  until: string;
  weekly?: Weekday[];
  tz?: string;
}

interface SaveOptions extends HubOptions {
  json?: boolean;
  schedule?: string;
}

/** `nexomatic blackout create`. Gives the exit code. */
export const createBlackout = (name: string, options: SaveOptions & WindowOptions): Promise<number> =>
  callHub(options, async (hub) => {
    const window = givenWindow(options);
    const scheduleId = options.schedule === undefined ? null : (await hub.schedules.get(options.schedule)).id;
    const made = await hub.blackouts.create({ name, scheduleId, window });
    tell(made, 'is made', options);
  });

type EditOptions = SaveOptions & Partial<WindowOptions> & { name?: string; once?: boolean; every?: boolean };

const editedBy = ['name', 'from', 'until', 'weekly', 'once', 'tz', 'schedule', 'every'] as const;

/** `nexomatic blackout edit`: what is not named stays. Gives the exit code. */
export const editBlackout = (blackout: string, options: EditOptions): Promise<number> =>
  callHub(options, async (hub) => {
    if (editedBy.every((option) => options[option] === undefined))
      throw new UsageError('nothing to change is named; see --help');
    const found = await hub.blackouts.get(blackout);
    const { name = found.name, schedule, every } = options;
    const given = schedule === undefined ? found.scheduleId : (await hub.schedules.get(schedule)).id;
    const scheduleId = every ? null : given;
    const window = changedWindow(found.window, options);
    tell(await hub.blackouts.change(found.id, { name, scheduleId, window }), 'is changed', options);
  });

/** Says which runs a window holds back now. */
function tell(saved: BlackoutSummary, what: string, { json }: { json?: boolean }): void {
  if (json) return void printJson({ blackout: saved });
  const whose = saved.schedule ? `runs of ${saved.schedule.name} are` : 'every schedule’s runs are';
  process.stderr.write(`${saved.name} ${what}; ${whose} skipped ${windowOf(saved.window)}\n`);
}

/** `nexomatic blackout delete`. Gives the exit code. */
export const deleteBlackout = (name: string, options: HubOptions & { yes?: boolean }): Promise<number> =>
  callHub(options, async (hub) => {
    const found = await hub.blackouts.get(name);
    if (!options.yes) throw new UsageError(`this deletes ${found.name}: runs fire in its window again; give --yes`);
    await hub.blackouts.delete(found.id);
    process.stderr.write(`${found.name} is deleted\n`);
  });

function givenWindow({ from, until, weekly: days, tz: timeZone }: WindowOptions): BlackoutWindow {
  if (days) {
    if (timeZone === undefined) throw new UsageError('--tz is missing: the time zone of --from and --until');
    return { kind: 'weekly', days, from, until, timeZone };
  }
  if (timeZone !== undefined) throw new UsageError('--tz is for --weekly; an instant tells its own zone');
  return { kind: 'once', from, until };
}

/** The window with what the options name. An instant is no time of day: one that becomes of the other kind keeps neither. */
function changedWindow(window: BlackoutWindow, { once, ...options }: Partial<WindowOptions> & { once?: boolean }) {
  const kind = options.weekly ? 'weekly' : once ? 'once' : window.kind;
  const { from, until, ...more } = { ...(kind === window.kind ? optionsOf(window) : {}), ...options };
  if (from === undefined || until === undefined)
    throw new UsageError(`--from and --until are needed: the window is of kind ${window.kind} until now`);
  return givenWindow({ ...more, from, until });
}

function optionsOf(window: BlackoutWindow): WindowOptions {
  const { from, until } = window;
  return window.kind === 'once' ? { from, until } : { from, until, weekly: window.days, tz: window.timeZone };
}
