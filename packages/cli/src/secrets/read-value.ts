import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { UsageError } from '../hub/usage-error.ts';
import { askHidden } from './ask.ts';

/** Where a value comes from; none of it: from whoever sits at the terminal. */
export interface ValueSource {
  stdin?: boolean;
  file?: string;
  /** Number of bytes; true for the usual number. */
  generate?: number | true;
  print?: boolean;
  /** Something stands behind the name: most likely a value. */
  inArguments?: boolean;
}

const usualBytes = 32;

/** The value that was given; never from an argument, which everybody on the machine can read. */
export async function readValue(
  key: string,
  { stdin, file, generate, print, inArguments }: ValueSource,
): Promise<Uint8Array> {
  if (inArguments) {
    const why = 'a value is never taken from an argument, which every program on this machine can read';
    throw new UsageError(`${why}; give --stdin, --file or --generate, or nothing to be asked for it`);
  }
  const given = [stdin && '--stdin', file !== undefined && '--file', generate && '--generate'].filter(Boolean);
  if (given.length > 1) throw new UsageError(`${given.join(' and ')} do not go together; give one of them`);
  if (print && !generate) throw new UsageError('--print tells a value that --generate makes; nothing else is printed');
  if (generate) return generated(generate === true ? usualBytes : generate);
  if (file !== undefined) return readFile(file);
  if (stdin) return withoutLineEnd(await buffer(process.stdin));
  if (!process.stdin.isTTY) throw new UsageError('there is no terminal to ask at; give --stdin, --file or --generate');
  const [value = '', again] = await askHidden([`Value of ${key} (not shown): `, 'Again: ']);
  if (again !== value) throw new UsageError('the two were not the same; nothing was set');
  return Buffer.from(value);
}

/** What can be generated stands in no argument, so it may be told. */
const generated = (bytes: number): Uint8Array => Buffer.from(randomBytes(bytes).toString('base64url'));

/** `echo` and editors end what they write with one. */
function withoutLineEnd(bytes: Buffer): Uint8Array {
  if (bytes.at(-1) !== 10) return bytes;
  return bytes.subarray(0, bytes.at(-2) === 13 ? -2 : -1);
}
