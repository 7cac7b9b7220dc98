import { NexomaticError } from '@nexomatic/contracts/error-code';
import { callHub } from '../hub/call-hub.ts';
import type { HubOptions } from '../hub/hub-options.ts';
import { printJson } from '../hub/print-json.ts';
import { eventIdOf } from './event-id.ts';

const said = { cancelled: 'is cancelled', cancelling: 'runs; its sink is told to end it' };

/** `nexomatic cancel`: each of them, also when another was refused, whose code is the exit code then. Gives the exit code. */
export const cancelEvents = (given: string[], options: HubOptions & { json?: boolean }): Promise<number> =>
  callHub(options, async (hub) => {
    const ids = given.map(eventIdOf);
    const outcomes: { id: string; outcome: keyof typeof said }[] = [];
    const refusals: NexomaticError[] = [];
    for (const id of ids) {
      try {
        const done = await hub.events.cancel(id);
        outcomes.push(done);
        if (!options.json) process.stderr.write(`${id} ${said[done.outcome]}\n`);
      } catch (error) {
        if (!(error instanceof NexomaticError)) throw error;
        refusals.push(error);
        if (ids.length > 1) process.stderr.write(`${id}: ${error.message}\n`);
      }
    }
    if (options.json) printJson({ cancelled: outcomes });
    if (refusals[0]) throw refusals[0];
  });
