import type { Nexomatic } from '@nexomatic/client/nexomatic';
import type { ScheduleSummary } from '@nexomatic/contracts/schedule-api';
import { callHub } from '../hub/call-hub.ts';
import type { HubOptions } from '../hub/hub-options.ts';
import { minuteOf } from '../hub/minute-of.ts';
import { printJson } from '../hub/print-json.ts';
import { UsageError } from '../hub/usage-error.ts';
import { type FieldOptions, fieldsOf } from './schedule-fields.ts';

type SaveOptions = HubOptions & FieldOptions & { json?: boolean };

/** `nexomatic schedule create`: switched on unless told otherwise. Gives the exit code. */
export const createSchedule = (name: string, options: SaveOptions & { off?: boolean }): Promise<number> =>
  callHub(options, async (hub) => {
    const { eventTypeId, ...fields } = await fieldsOf(hub, options);
    if (!eventTypeId) throw new UsageError('--type is missing: the event type that it fires');
    if (!fields.kind) throw new UsageError('--cron or --at is missing: when it fires');
    const made = await hub.schedules.create({ name, eventTypeId, enabled: !options.off, ...fields });
    await tell(hub, made, 'is made', options);
  });

/** `nexomatic schedule edit`: what is not named stays. Gives the exit code. */
export const editSchedule = (schedule: string, options: SaveOptions & { name?: string }): Promise<number> =>
  callHub(options, async (hub) => {
    const fields = { ...(await fieldsOf(hub, options)), ...(options.name ? { name: options.name } : {}) };
    if (Object.keys(fields).length === 0) throw new UsageError('nothing to change is named; see --help');
    await tell(hub, await hub.schedules.change(schedule, fields), 'is changed', options);
  });

/** Says what a schedule will do now, and what of its times may not be meant. */
async function tell(hub: Nexomatic, saved: ScheduleSummary, what: string, { json }: { json?: boolean }): Promise<void> {
  if (json) printJson({ schedule: saved });
  else process.stderr.write(`${saved.name} ${what}; ${nextOf(saved)}\n`);
  const { warnings } = await hub.schedules.next(saved.id, 1);
  for (const { message } of warnings) process.stderr.write(`warning: ${message}\n`);
}

/** What comes next of a schedule, as the end of a sentence. */
export function nextOf({ status, nextDueAt, pausedUntil, skipDueAt }: ScheduleSummary): string {
  if (status === 'off') return 'it is switched off';
  if (status === 'paused') return pausedUntil ? `it is paused until ${minuteOf(pausedUntil)}` : 'it is paused';
  if (nextDueAt === null) return 'no run is to come';
  return `next run ${minuteOf(nextDueAt)}${skipDueAt === nextDueAt ? ', which will be skipped' : ''}`;
}
