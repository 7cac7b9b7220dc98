import type { BlackoutSummary, BlackoutWindow } from '@nexomatic/contracts/blackout-api';
import { callHub } from '../hub/call-hub.ts';
import type { HubOptions } from '../hub/hub-options.ts';
import { minuteOf } from '../hub/minute-of.ts';
import { printJson } from '../hub/print-json.ts';
import { printTable } from '../hub/print-table.ts';

type ListOptions = HubOptions & { json?: boolean; schedule?: string };

/** `nexomatic blackout list`. Gives the exit code. */
export const listBlackouts = ({ schedule, json, ...options }: ListOptions): Promise<number> =>
  callHub(options, async (hub) => {
    const narrowed = schedule === undefined ? {} : { scheduleId: (await hub.schedules.get(schedule)).id };
    const blackouts: BlackoutSummary[] = [];
    for await (const one of hub.blackouts.each({ limit: 200, ...narrowed })) blackouts.push(one);
    if (json) return printJson({ blackouts });
    printTable(
      ['NAME', 'SCHEDULE', 'WINDOW', 'NOW', 'ID'],
      blackouts.map((one) => [
        ...[one.name, one.schedule?.name ?? 'every', windowOf(one.window)],
        ...[one.active ? 'skips runs' : '-', one.id],
      ]),
    );
  });

/** When runs are skipped, in words. */
export function windowOf(window: BlackoutWindow): string {
  if (window.kind === 'once') return `${utcMinute(window.from)} to ${utcMinute(window.until)}`;
  return `${window.days.join(', ')} ${window.from} to ${window.until} ${window.timeZone}`;
}

/** The hub keeps both instants as they were written, in whatever zone. */
const utcMinute = (at: string): string => minuteOf(new Date(at).toISOString());
