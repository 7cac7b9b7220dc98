import type { EventDetail, Nexomatic } from '@nexomatic/client/nexomatic';
import type { Id } from '@nexomatic/contracts/id';
import { type Command, Option } from 'commander';
import { CommandError } from '../hub/command-error.ts';
import { printJson } from '../hub/print-json.ts';
import { readSpan } from '../hub/read-span.ts';
import { linePrinter } from '../logs/event-log.ts';
import { followAttempts } from '../logs/follow-attempts.ts';
import { endOf } from './event-end.ts';

export interface AwaitOptions {
  wait?: boolean;
  logs?: boolean;
  /** Seconds. */
  timeout?: number;
  failOnWarning?: boolean;
  json?: boolean;
}

const timedOut = 8;

/** Adds the options by which a command waits for the end of the event that it made. */
export const withWait = (command: Command): Command =>
  command
    .option('--wait', 'come back when it is finished; exit code 9 when it ended in ERROR')
    .option('--logs', 'print its log as it is written, to its end')
    .option('--timeout <time>', 'wait no longer than this, as 90s or 10m: exit code 8; it goes on', readSpan)
    .option('--fail-on-warning', 'exit code 10 when it ended in WARNING')
    .addOption(new Option('--json', 'one JSON document').conflicts('logs'));

/** Prints the id of an event that was just made and, as it was asked for, its log and how it ended. */
export async function tellMade(
  hub: Nexomatic,
  made: { id: Id<'event'>; duplicate: boolean },
  options: AwaitOptions,
): Promise<void> {
  const { id, duplicate } = made;
  if (duplicate) process.stderr.write(`${id} was made before, by the same idempotency key\n`);
  if (!options.wait && !options.logs) {
    if (options.json) printJson(made);
    else process.stdout.write(`${id}\n`);
    return;
  }
  // Its log alone goes to standard output.
  if (!options.json) (options.logs ? process.stderr : process.stdout).write(`${id}\n`);
  const event = await untilFinished(hub, id, options);
  if (options.json) printJson({ event });
  endOf(event, options);
}

async function untilFinished(hub: Nexomatic, id: Id<'event'>, { logs, timeout }: AwaitOptions): Promise<EventDetail> {
  const signal = timeout === undefined ? undefined : AbortSignal.timeout(timeout * 1_000);
  try {
    return logs
      ? await followAttempts(hub, id, linePrinter({}), signal)
      : await hub.events.wait(id, signal ? { signal } : {});
  } catch (error) {
    if (!signal?.aborted) throw error;
    throw new CommandError('timed_out', `${id} was not finished within ${timeout} s; it goes on`, timedOut);
  }
}
