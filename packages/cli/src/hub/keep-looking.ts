import { setTimeout as sleep } from 'node:timers/promises';
import { NexomaticError } from '@nexomatic/client/nexomatic';

const everyMs = 1_000;

/** Looks again every second until the command is interrupted. A hub that goes away is asked again; a refusal is final. */
export async function keepLooking(look: () => Promise<void>): Promise<never> {
  let away = false;
  for (;;) {
    await sleep(everyMs);
    try {
      await look();
      away = false;
    } catch (error) {
      if (error instanceof NexomaticError && error.code !== 'unavailable') throw error;
      if (!away) process.stderr.write('the hub does not answer; trying again\n');
      away = true;
    }
  }
}
