import type { Nexomatic } from '@nexomatic/client/nexomatic';
import type { Occurrence } from '@nexomatic/contracts/schedule-occurrence';
import { callHub } from '../hub/call-hub.ts';
import type { HubOptions } from '../hub/hub-options.ts';
import { minuteOf } from '../hub/minute-of.ts';
import { printJson } from '../hub/print-json.ts';
import { printTable } from '../hub/print-table.ts';
import { UsageError } from '../hub/usage-error.ts';
import { agreeTo } from './agree-to.ts';

interface HeldOptions extends HubOptions {
  json?: boolean;
  release?: boolean;
  discard?: boolean;
  yes?: boolean;
  count?: number;
}

/** `nexomatic schedule held`: shows them, or asks and has all of them fired or let go. Gives the exit code. */
export const heldRuns = (name: string, options: HeldOptions): Promise<number> =>
  callHub(options, async (hub) => {
    const verb = verbOf(options);
    const { id } = await hub.schedules.get(name);
    if (verb === null) return show(await allHeld(hub, id), options);
    const count = options.count ?? (await agreed(verb, await allHeld(hub, id), options.yes ?? false));
    if (count === 0) return;
    if (verb === 'discard') {
      const gone = await hub.schedules.discardHeld(id, count);
      if (options.json) printJson(gone);
      else process.stderr.write(`discarded: ${gone.discarded}\n`);
      return;
    }
    const fired = await hub.schedules.releaseHeld(id, count);
    if (options.json) printJson(fired);
    else for (const eventId of fired.eventIds) process.stdout.write(`${eventId}\n`);
  });

function verbOf({ release, discard, yes, count }: HeldOptions): 'release' | 'discard' | null {
  if (release) return 'release';
  if (discard) return 'discard';
  if (yes || count !== undefined) throw new UsageError('say what becomes of the held runs: --release or --discard');
  return null;
}

/** The oldest first, which is the order in which they would fire. */
async function allHeld(hub: Nexomatic, id: string): Promise<Occurrence[]> {
  const held: Occurrence[] = [];
  for await (const one of hub.schedules.history(id, { status: 'held' })) held.push(one);
  return held.reverse();
}

/** How many runs somebody has agreed to decide; 0 where none is held. */
async function agreed(verb: 'release' | 'discard', held: Occurrence[], yes: boolean): Promise<number> {
  const [first] = held;
  const last = held.at(-1);
  if (!first || !last) process.stderr.write(noneHeld);
  else {
    const what = `${runs(held)}, ${minuteOf(first.dueAt)} to ${minuteOf(last.dueAt)}`;
    await agreeTo(verb, what, yes, ` or --count ${held.length}`);
  }
  return held.length;
}

function show(held: Occurrence[], { json }: HeldOptions): void {
  if (json) return void printJson({ count: held.length, occurrences: held });
  if (held.length === 0) return void process.stderr.write(noneHeld);
  printTable(
    ['DUE', 'HELD SINCE'],
    held.map(({ dueAt, decidedAt }) => [dueAt, minuteOf(decidedAt)]),
  );
  process.stderr.write(`held: ${runs(held)}; --release fires them, --discard lets them go\n`);
}

const noneHeld = 'no run is held\n';
const runs = ({ length }: Occurrence[]): string => (length === 1 ? '1 run' : `${length} runs`);
