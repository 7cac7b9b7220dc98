import { callHub } from '../hub/call-hub.ts';
import type { HubOptions } from '../hub/hub-options.ts';
import { readValue, type ValueSource } from './read-value.ts';

/** `nexomatic secret set`. Gives the exit code. */
export const setSecret = (key: string, options: HubOptions & ValueSource): Promise<number> =>
  callHub(options, async (hub) => {
    const value = await readValue(key, options);
    const { valueVersion, warnings } = await hub.secrets.set(key, value);
    if (options.print) process.stdout.write(`${Buffer.from(value).toString()}\n`);
    process.stderr.write(`${key} is set (version ${valueVersion}); nobody can read it again\n`);
    for (const { message } of warnings) process.stderr.write(`warning: ${message}\n`);
  });
