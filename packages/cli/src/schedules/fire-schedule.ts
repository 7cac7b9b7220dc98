import type { Nexomatic } from '@nexomatic/client/nexomatic';
import { callHub } from '../hub/call-hub.ts';
import type { HubOptions } from '../hub/hub-options.ts';
import { minuteOf } from '../hub/minute-of.ts';
import { printJson } from '../hub/print-json.ts';
import { agreeTo } from './agree-to.ts';

type Shown = HubOptions & { json?: boolean };

interface BackfillOptions extends Shown {
  from: string;
  to: string;
  yes?: boolean;
}

/** `nexomatic schedule run`: prints the id of the event. Gives the exit code. */
export const runSchedule = (name: string, options: Shown): Promise<number> =>
  callHub(options, async (hub) => {
    const fired = await hub.schedules.run(name);
    if (options.json) printJson(fired);
    else process.stdout.write(`${fired.eventId}\n`);
  });

/** `nexomatic schedule backfill`: shows how many runs there are, asks, and prints the ids of the events. */
export const backfillSchedule = (name: string, { from, to, ...options }: BackfillOptions): Promise<number> =>
  callHub(options, async (hub) => {
    const { id } = await hub.schedules.get(name);
    const count = await agree(hub, id, { from, to }, options.yes ?? false);
    if (count === 0) return;
    const fired = await hub.schedules.backfill(id, { from, to, count });
    if (options.json) printJson(fired);
    else for (const eventId of fired.eventIds) process.stdout.write(`${eventId}\n`);
  });

/** How many runs somebody has agreed to; 0 where there is none to fire. */
async function agree(hub: Nexomatic, id: string, window: { from: string; to: string }, yes: boolean): Promise<number> {
  const { count, first, last, alreadyFired } = await hub.schedules.previewBackfill(id, window);
  const before = alreadyFired > 0 ? ` (${alreadyFired} have fired already)` : '';
  if (count === 0) {
    process.stderr.write(`no run to fire in that window${before}\n`);
    return 0;
  }
  const what = `${count} runs, ${minuteOf(first)} to ${minuteOf(last)}${before}`;
  await agreeTo('fire', what, yes);
  return count;
}
