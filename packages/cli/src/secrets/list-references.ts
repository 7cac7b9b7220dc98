import { NexomaticError } from '@nexomatic/contracts/error-code';
import { callHub } from '../hub/call-hub.ts';
import type { HubOptions } from '../hub/hub-options.ts';
import { printJson } from '../hub/print-json.ts';
import { printTable } from '../hub/print-table.ts';
import { everySecret } from './find-secret.ts';

/** `nexomatic secret refs`. Gives the exit code. */
export const listReferences = (key: string, options: HubOptions & { json?: boolean }): Promise<number> =>
  callHub(options, async (hub) => {
    const { secrets, missing } = await everySecret(hub, key);
    const found = [...secrets, ...missing].find(({ name }) => name === key);
    if (!found) throw new NexomaticError('not_found', `there is no secret ${key}, and nothing refers to it`);
    const absent = secrets.every(({ name }) => name !== key);
    if (absent) process.stderr.write(`warning: there is no secret ${key} yet\n`);
    const references = found.usedBy.map(({ id, name }) => ({
      kind: id.startsWith('ety_') ? 'event type' : 'action',
      name,
      id,
    }));
    if (options.json) printJson({ references });
    else
      printTable(
        ['KIND', 'NAME', 'ID'],
        references.map(({ kind, name, id }) => [kind, name, id]),
      );
  });
