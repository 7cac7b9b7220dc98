import { setTimeout as pause } from 'node:timers/promises';
import type { Writer } from './keep-writing.ts';
import type { OutageSite } from './open-outage-site.ts';
import { digestOf, ReadRefused, readWhole } from './read-whole.ts';

export interface Reads {
  /** Milliseconds that reading a whole log took, as long as it stood in the database, and from the archive. */
  hotMs: number[];
  archivedMs: number[];
  /** How often a log was refused, by the code of the answer. */
  refused: Record<string, number>;
  /** Logs that were not what they were before. */
  wrong: string[];
}

const everyMs = 1_000;

/** Reads some log that is old by now, by one hub and then by the other, until it is stopped. */
export function keepReading({ pipeline, hubs }: OutageSite, { done }: Writer) {
  const reads: Reads = { hotMs: [], archivedMs: [], refused: {}, wrong: [] };
  let stopped = false;

  async function read(n: number): Promise<void> {
    // A step that is prime to most numbers of logs comes to all of them.
    const one = done[(n * 7_919) % Math.max(done.length, 1)];
    if (!one) return;
    try {
      const whole = await readWhole({ url: hubs[n % 2]?.url ?? '', token: pipeline.apiToken }, one.id);
      (whole.archived ? reads.archivedMs : reads.hotMs).push(whole.ms);
      if (digestOf(whole) !== one.digest) reads.wrong.push(one.id);
    } catch (error) {
      if (!(error instanceof ReadRefused)) throw error;
      reads.refused[error.message] = (reads.refused[error.message] ?? 0) + 1;
    }
  }

  async function work(): Promise<Reads> {
    for (let n = 0; !stopped; n += 1) {
      await read(n);
      await pause(everyMs);
    }
    return reads;
  }

  const working = work();
  working.catch(() => undefined);
  return {
    stop(): Promise<Reads> {
      stopped = true;
      return working;
    },
  };
}
