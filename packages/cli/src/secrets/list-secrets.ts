import { callHub } from '../hub/call-hub.ts';
import type { HubOptions } from '../hub/hub-options.ts';
import { minuteOf } from '../hub/minute-of.ts';
import { printJson } from '../hub/print-json.ts';
import { printTable } from '../hub/print-table.ts';
import { everySecret } from './find-secret.ts';

/** `nexomatic secret list`. Gives the exit code. */
export const listSecrets = (options: HubOptions & { json?: boolean }): Promise<number> =>
  callHub(options, async (hub) => {
    const { secrets, missing } = await everySecret(hub);
    if (options.json) {
      printJson({ secrets, missing });
      return;
    }
    printTable(
      ['NAME', 'STATE', 'VERSION', 'SET', 'LAST USED', 'USED BY'],
      [
        ...missing.map(({ name, usedBy }) => [name, 'missing', '-', '-', '-', String(usedBy.length)]),
        ...secrets.map((one) => [
          one.name,
          `${one.state.replaceAll('_', ' ')}${one.endToEnd ? ', end-to-end' : ''}`,
          one.valueVersion === 0 ? '-' : String(one.valueVersion),
          minuteOf(one.valueSetAt),
          minuteOf(one.lastUsed?.at ?? null),
          String(one.usedBy.length),
        ]),
      ],
    );
  });
