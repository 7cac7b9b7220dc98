import { secretText, secretValueLimit } from '@nexomatic/contracts/secret-limits';
import { countBytes } from './value-facts.ts';

type Taken = { bytes: Uint8Array<ArrayBuffer>; fault?: undefined } | { fault: string; bytes?: undefined };

/** The bytes of a file that can be the value of a secret, or why they can't. */
export async function readTextFile(file: File): Promise<Taken> {
  const { name, size } = file;
  if (size === 0) return { fault: `${name} is empty.` };
  if (size > secretValueLimit)
    return { fault: `${name} has ${countBytes(size)}; a value has ${countBytes(secretValueLimit)} at most.` };
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (secretText(bytes) !== null) return { bytes };
  return { fault: `${name} is not text in UTF-8. Encode it, in base64 for example, and decode it in the module.` };
}
