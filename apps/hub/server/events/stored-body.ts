import { isUtf8 } from 'node:buffer';

/** What is shown of a stored body; the rest is in its download. */
export const maxShownBytes = 256 * 1024;

export interface ShownBody {
  contentType: string;
  size: number;
  /** Null when the bytes are not UTF-8. */
  text: string | null;
  truncated: boolean;
}

/** A stored body for reading: its first 256 KiB as text, never cut within a character. */
export function showBody(body: Uint8Array, contentType: string): ShownBody {
  const size = body.length;
  const truncated = size > maxShownBytes;
  const shown = truncated ? body.subarray(0, endOfCharacter(body, maxShownBytes)) : body;
  const text = isUtf8(shown) ? Buffer.from(shown.buffer, shown.byteOffset, shown.byteLength).toString('utf8') : null;
  return { contentType, size, text, truncated };
}

/** The last place at or before `at` where a UTF-8 character begins; continuation bytes are 10xxxxxx. */
function endOfCharacter(body: Uint8Array, at: number): number {
  let end = at;
  while (end > at - 4 && ((body[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return end;
}
