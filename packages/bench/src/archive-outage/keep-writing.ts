import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '@nexomatic/clock';
import { type Id, idFromBytes, idToBytes } from '@nexomatic/contracts/id';
import { fireEvent, makeOld } from '../logs/fire-event.ts';
import type { OutageSite } from './open-outage-site.ts';
import { digestOf, ReadRefused, readWhole, type WholeLog } from './read-whole.ts';
import { linesOf, type WrittenLog } from './written-log.ts';

/** A log that was written, read once from the database, and made old. */
export interface OldLog {
  id: Id<'event'>;
  log: WrittenLog;
  digest: string;
}

export interface Writer {
  /** Those that are old by now. */
  done: OldLog[];
  /** Logs that their first reader did not find as they were written. */
  wrong: string[];
  /** Begins no more, and settles when the last one is done. */
  stop(): Promise<void>;
}

const lookEveryMs = 500;
const seconds = 2;

/** Between 16 and 19 days: what was finished on different days stands in different objects. */
const ageOf = (n: number): number => 16 + (n % 4);

/**
 * Has a real agent write a log every so often, as of an event that was fired weeks ago: an id tells when its event was made. Once
 * finished and read, the attempt's end is put back too, so that its log is due for the archive at once.
 */
export function keepWriting({ sql, pipeline, hubs }: OutageSite, everyMs: number): Writer {
  const { tenant, apiToken: token } = pipeline;
  const pending = new Map<Id<'event'>, { log: WrittenLog; n: number }>();
  const [done, wrong]: [OldLog[], string[]] = [[], []];
  let count = 0;
  let stopped = false;

  async function fire(): Promise<void> {
    const n = count++;
    const log = { name: `log-${n}`, lines: 100 + ((n * 37) % 300), seconds };
    const id = await fireEvent(sql, pipeline, { payload: log, daysAgo: ageOf(n) });
    pending.set(id, { log, n });
  }

  /** False while nobody answers: it is read again then. */
  async function settle(id: Id<'event'>, log: WrittenLog, n: number): Promise<boolean> {
    let whole: WholeLog;
    try {
      whole = await readWhole({ url: hubs[n % 2]?.url ?? '', token }, id);
    } catch (error) {
      if (error instanceof ReadRefused) return false;
      throw error;
    }
    const fault = faultOf(whole, log);
    if (fault) wrong.push(`${id}: ${fault}`);
    await makeOld(sql, pipeline, id, ageOf(n));
    done.push({ id, log, digest: digestOf(whole) });
    return true;
  }

  async function settleFinished(): Promise<void> {
    if (pending.size === 0) return;
    const finished = await sql.query<{ id: Buffer }>(
      'SELECT id FROM events WHERE tenant_id = ? AND id IN (?) AND finished_at IS NOT NULL',
      [idToBytes(tenant.id), [...pending.keys()].map(idToBytes)],
    );
    for (const row of finished) {
      const id = idFromBytes('event', row.id);
      const { log, n } = pending.get(id) ?? { log: null, n: 0 };
      if (log && (await settle(id, log, n))) pending.delete(id);
    }
  }

  async function work(): Promise<void> {
    for (let nextAt = systemClock.monotonic(); !stopped || pending.size > 0; await pause(lookEveryMs)) {
      if (!stopped && systemClock.monotonic() >= nextAt) {
        nextAt += everyMs;
        await fire();
      }
      await settleFinished();
    }
  }

  const working = work();
  // Whoever stops the writer hears of it.
  working.catch(() => undefined);
  return {
    done,
    wrong,
    stop() {
      stopped = true;
      return working;
    },
  };
}

/** What a reader was given that was not written, or was written and not given; null: nothing. */
export function faultOf({ entries }: WholeLog, log: WrittenLog): string | null {
  const misplaced = entries.findIndex(({ line }, i) => line !== i + 1);
  if (misplaced >= 0) return `line ${misplaced + 1} has the number ${entries[misplaced]?.line}`;
  for (const [channel, lines] of Object.entries(linesOf(log))) {
    const found = entries.filter((entry) => entry.channel === channel).map(({ text }) => text);
    if (found.length !== lines.length) return `${found.length} lines of ${channel}, not ${lines.length}`;
    const other = found.findIndex((text, i) => text !== lines[i]);
    if (other >= 0) return `line ${other + 1} of ${channel} is ${JSON.stringify(found[other])}`;
  }
  return null;
}
