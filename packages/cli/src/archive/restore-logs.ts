import { callHub } from '../hub/call-hub.ts';
import type { HubOptions } from '../hub/hub-options.ts';
import { minuteOf } from '../hub/minute-of.ts';
import { printJson } from '../hub/print-json.ts';
import { instantOf } from '../hub/time-bounds.ts';
import { UsageError } from '../hub/usage-error.ts';
import { sizeOf } from './size-of.ts';

interface RestoreOptions extends HubOptions {
  json?: boolean;
  type?: string;
  since?: string;
  until?: string;
  days: number;
  limit: number;
}

/** `nexomatic archive restore`. Gives the exit code. */
export const restoreLogs = (event: string | undefined, options: RestoreOptions): Promise<number> =>
  callHub(options, async (hub) => {
    const { days, limit } = options;
    const restored = await hub.archive.restore({ ...whichOf(event, options), days, limit });
    if (options.json) return printJson(restored);
    if (restored.logs === 0) return void process.stderr.write('no archived log meets that\n');
    const what = `${restored.logs === 1 ? '1 log' : `${restored.logs} logs`}, ${sizeOf(restored.bytes)}`;
    process.stderr.write(`copied to the database until ${minuteOf(restored.until)}: ${what}; see archive status\n`);
    if (restored.more) process.stderr.write('there are more; ask again for a later time, or with a higher --limit\n');
  });

function whichOf(event: string | undefined, { type, since, until }: RestoreOptions) {
  if (event !== undefined) {
    if (type !== undefined || since !== undefined || until !== undefined)
      throw new UsageError('give an event, or --type with --since and --until, not both');
    return { event };
  }
  if (type === undefined || since === undefined || until === undefined)
    throw new UsageError('give the id of an event, or --type with --since and --until');
  return { type, since: instantOf('--since', since), until: instantOf('--until', until) };
}
