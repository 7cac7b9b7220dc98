import { boxKeyFingerprint } from '@nexomatic/sealing/key-fingerprint';
import { callHub } from '../hub/call-hub.ts';
import type { HubOptions } from '../hub/hub-options.ts';
import { UsageError } from '../hub/usage-error.ts';
import { comparedSinks } from './compared-sinks.ts';
import { readValue, type ValueSource } from './read-value.ts';

export interface SetOptions extends HubOptions, ValueSource {
  endToEnd?: boolean;
  /** The sinks that alone may read it. */
  sink?: string[];
  yes?: boolean;
}

/** `nexomatic secret set`. Gives the exit code. */
export const setSecret = (key: string, { endToEnd = false, sink = [], yes, ...options }: SetOptions): Promise<number> =>
  callHub(options, async (hub) => {
    if (endToEnd === (sink.length === 0)) {
      throw new UsageError('--end-to-end and --sink go together: name the sinks that alone may read it');
    }
    const sinks = endToEnd ? { sinks: await comparedSinks(hub, sink, yes) } : {};
    const value = await readValue(key, options);
    const saved = await hub.secrets.set(key, value, sinks);
    if (options.print) process.stdout.write(`${Buffer.from(value).toString()}\n`);
    process.stderr.write(`${key} is set (version ${saved.valueVersion}); nobody can read it again\n`);
    for (const { name, boxKey } of saved.sinks)
      process.stderr.write(`sealed to ${name}, ${boxKeyFingerprint(boxKey)}\n`);
    for (const { message } of saved.warnings) process.stderr.write(`warning: ${message}\n`);
  });
