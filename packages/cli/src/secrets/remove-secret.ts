import { told } from '@nexomatic/client/refusal';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import { callHub } from '../hub/call-hub.ts';
import type { HubOptions } from '../hub/hub-options.ts';
import { UsageError } from '../hub/usage-error.ts';
import { askOpenly } from './ask.ts';
import { everySecret } from './find-secret.ts';

interface RemoveOptions extends HubOptions {
  yes?: boolean;
  force?: boolean;
}

/** `nexomatic secret rm`. Gives the exit code. */
export const removeSecret = (key: string, options: RemoveOptions): Promise<number> =>
  callHub(options, async (hub) => {
    const found = (await everySecret(hub, key)).secrets.find(({ name }) => name === key);
    if (!found) throw new NexomaticError('not_found', `there is no secret ${key}`);
    if (found.usedBy.length > 0 && !options.force) {
      const names = found.usedBy.map(({ name }) => name).join(', ');
      throw new NexomaticError(
        'in_use',
        `${key} is named by parameters of ${names}; change them first, or give --force`,
      );
    }
    if (!options.yes) await confirm(key);
    await told(hub.api.secrets.delete.mutate({ id: found.id, ...(options.force ? { confirmName: key } : {}) }));
    process.stderr.write(`${key} is deleted\n`);
  });

async function confirm(key: string): Promise<void> {
  if (!process.stdin.isTTY) throw new UsageError('there is no terminal to ask at; give --yes');
  const answer = await askOpenly(`Delete ${key} with all its values? Type its name: `);
  if (answer !== key) throw new UsageError('that was another name; nothing was deleted');
}
