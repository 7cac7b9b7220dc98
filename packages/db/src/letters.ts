import type { SqlRunner } from './sql.ts';

/** A text as the database compares it where the case of letters and their accents do not count (`utf8mb4_general_ci`). */
export type FoldText = (text: string) => string;

const last = 0xffff;
const [firstSurrogate, lastSurrogate] = [0xd800, 0xdfff];
const atOnce = 8_192;
/** What the collation makes of every character beyond the first 65,536. */
const beyond = '\ufffd';

/** Asks the database for the weight of every letter, once: whatever it compares as equal is folded into the same text. */
export async function readLetters(sql: SqlRunner): Promise<FoldText> {
  const weights = Uint16Array.from({ length: last + 1 }, (_, code) => code);
  const codes = Array.from(weights).filter((code) => code < firstSurrogate || code > lastSurrogate);
  for (let from = 0; from < codes.length; from += atOnce) {
    const some = codes.slice(from, from + atOnce);
    const [row] = await sql.query<{ weights: Buffer }>(
      'SELECT WEIGHT_STRING(? COLLATE utf8mb4_general_ci) AS weights',
      [String.fromCharCode(...some)],
    );
    for (const [i, code] of some.entries()) weights[code] = row?.weights.readUInt16BE(2 * i) ?? code;
  }
  return (text) => {
    let folded = '';
    for (const letter of text)
      folded += letter.length > 1 ? beyond : String.fromCharCode(weights[letter.charCodeAt(0)] ?? 0);
    return folded;
  };
}
