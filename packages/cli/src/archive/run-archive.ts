import { callHub } from '../hub/call-hub.ts';
import type { HubOptions } from '../hub/hub-options.ts';
import { printJson } from '../hub/print-json.ts';

/** `nexomatic archive run`. Gives the exit code. */
export const runArchive = (options: HubOptions & { json?: boolean }): Promise<number> =>
  callHub(options, async (hub) => {
    const ran = await hub.archive.run();
    if (options.json) return printJson(ran);
    process.stderr.write(`archived: ${logs(ran.archived)}; forgotten: ${logs(ran.forgotten)}\n`);
    if (!ran.done) process.stderr.write('there is more; the hub goes on with it by itself\n');
  });

const logs = (count: number): string => (count === 1 ? '1 log' : `${count} logs`);
