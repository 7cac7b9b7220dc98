import type { Nexomatic } from '@nexomatic/client/nexomatic';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import { boxKeyFingerprint } from '@nexomatic/sealing/key-fingerprint';
import { UsageError } from '../hub/usage-error.ts';
import { findSink } from '../sinks/find-sink.ts';
import { askOpenly } from './ask.ts';

/** A sink with the fingerprint of its key, which somebody has compared. */
export interface ComparedSink {
  id: Id<'sink'>;
  name: string;
  fingerprint: string;
}

/**
 * Sinks as they are named on the command line, `NAME` or `NAME=FINGERPRINT`. Of those that are named alone the fingerprint is
 * shown, made here from the key that the hub tells, and whoever sits at the terminal is asked; `yes` is the answer beforehand.
 */
export async function comparedSinks(hub: Nexomatic, named: string[], yes = false): Promise<ComparedSink[]> {
  const sinks: ComparedSink[] = [];
  for (const one of named) {
    const [name = '', fingerprint] = one.split('=', 2);
    const { id, name: told, sealKey } = await findSink(hub, name);
    if (!sealKey) {
      const detail = `the sink ${told} has no keys of its own, which last; let it join instead of giving it a standing token`;
      throw new NexomaticError('unprocessable', detail);
    }
    const shown = boxKeyFingerprint(sealKey.boxKey);
    if (fingerprint === undefined && !yes) await confirm(told, shown);
    sinks.push({ id, name: told, fingerprint: fingerprint ?? shown });
  }
  return sinks;
}

async function confirm(name: string, fingerprint: string): Promise<void> {
  process.stderr.write(`${name} has the key ${fingerprint}\n`);
  const others = 'give its fingerprint, --sink NAME=FINGERPRINT, or --yes';
  if (!process.stdin.isTTY) throw new UsageError(`there is no terminal to ask at; ${others}`);
  const answer = await askOpenly('Does `nexomatic-sink status` show the same on its machine? Type yes: ');
  if (answer.trim().toLowerCase() !== 'yes') throw new UsageError('the keys were not compared; nothing was done');
}
