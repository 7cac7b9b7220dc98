import type { Nexomatic } from '@nexomatic/client/nexomatic';
import type { ScheduleSummary } from '@nexomatic/contracts/schedule-api';
import { callHub } from '../hub/call-hub.ts';
import type { HubOptions } from '../hub/hub-options.ts';
import { printJson } from '../hub/print-json.ts';
import { UsageError } from '../hub/usage-error.ts';
import { nextOf } from './save-schedule.ts';

export type StateOptions = HubOptions & { json?: boolean };

/** Does one thing to a schedule and says what it does now. Gives the exit code. */
const change = (options: StateOptions, what: string, act: (hub: Nexomatic) => Promise<ScheduleSummary>) =>
  callHub(options, async (hub) => {
    const saved = await act(hub);
    if (options.json) printJson({ schedule: saved });
    else process.stderr.write(`${saved.name} ${what}; ${nextOf(saved)}\n`);
  });

/** `nexomatic schedule enable`. */
export const enableSchedule = (name: string, options: StateOptions): Promise<number> =>
  change(options, 'is switched on', ({ schedules }) => schedules.enable(name));

/** `nexomatic schedule disable`. */
export const disableSchedule = (name: string, options: StateOptions): Promise<number> =>
  change(options, 'fires no more', ({ schedules }) => schedules.disable(name));

/** `nexomatic schedule pause`. */
export const pauseSchedule = (
  name: string,
  { note, until, ...options }: StateOptions & { note?: string; until?: string },
): Promise<number> =>
  change(options, 'fires nothing for now', ({ schedules }) =>
    schedules.pause(name, { ...(note ? { note } : {}), ...(until ? { until } : {}) }),
  );

/** `nexomatic schedule resume`. */
export const resumeSchedule = (name: string, options: StateOptions): Promise<number> =>
  change(options, 'goes on', ({ schedules }) => schedules.resume(name));

/** `nexomatic schedule skip`. */
export const skipNext = (name: string, { undo, ...options }: StateOptions & { undo?: boolean }): Promise<number> =>
  change(options, undo ? 'skips nothing' : 'skips one run', ({ schedules }) =>
    undo ? schedules.unskip(name) : schedules.skipNext(name),
  );

/** `nexomatic schedule delete`. Gives the exit code. */
export const deleteSchedule = (name: string, options: HubOptions & { yes?: boolean }): Promise<number> =>
  callHub(options, async (hub) => {
    const found = await hub.schedules.get(name);
    if (!options.yes) throw new UsageError(`this deletes ${found.name} with its history; give --yes`);
    await hub.schedules.delete(found.id);
    process.stderr.write(`${found.name} is deleted\n`);
  });
