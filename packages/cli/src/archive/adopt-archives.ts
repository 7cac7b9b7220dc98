import { callHub } from '../hub/call-hub.ts';
import type { HubOptions } from '../hub/hub-options.ts';
import { printJson } from '../hub/print-json.ts';
import { printTable } from '../hub/print-table.ts';

/** `nexomatic archive adopt`. Gives the exit code. */
export const adoptArchives = (options: HubOptions & { json?: boolean }): Promise<number> =>
  callHub(options, async (hub) => {
    const all = { objects: 0, logs: 0 };
    for (;;) {
      const { objects, logs, left, done } = await hub.archive.adopt();
      all.objects += objects;
      all.logs += logs;
      if (!done) continue;
      if (options.json) return printJson({ ...all, left });
      process.stderr.write(`taken up: ${all.objects} objects with ${all.logs} logs\n`);
      if (left.length === 0) return;
      return printTable(
        ['LEFT', 'WHY'],
        left.map(({ key, why }) => [key, why]),
      );
    }
  });
