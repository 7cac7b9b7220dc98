import { isShortValue } from '@nexomatic/contracts/secret-limits';
import { base64Forms } from './encodings/base64-forms.ts';
import { htmlForms } from './encodings/html-forms.ts';
import { jsonForms } from './encodings/json-forms.ts';
import { quotedForms } from './encodings/quoted-forms.ts';
import { urlForms } from './encodings/url-forms.ts';

/** Lines of a longer value are masked one by one from this length on; below it they are words like any other. */
const shortestLine = 8;
/** Longer needles are looked for in pieces of this many bytes, so that no more output than that is ever held back. */
const longestNeedle = 1024;
/** A value of more characters than this is large. */
const largest = 4096;

/** What is looked for on behalf of secrets. */
export interface Needles {
  /** Found byte by byte. */
  exact: Uint8Array[];
  /** Found whatever blanks and line ends stand between their bytes: encoders wrap lines, and line ends change. */
  spaced: Uint8Array[];
}

/** Everything that is looked for so that these values (UTF-8) are found, plain and in all encodings. */
export function needlesOf(values: readonly Uint8Array[]): Needles {
  const exact = new Set<string>();
  const spaced = new Set<string>();
  for (const value of values) {
    const text = Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString().trim();
    if (isShortValue(text)) continue;
    const { plain, escaped, encoded } = partsOf(text);
    for (const form of [...plain, ...escaped.flatMap(escapedForms)]) exact.add(latin1(form));
    for (const part of encoded) addEncoded(part, exact, spaced);
    const joined = joinedLines(text);
    if (!isShortValue(joined)) spaced.add(latin1(joined));
  }
  return { exact: [...exact].flatMap(pieces), spaced: [...spaced].flatMap(pieces) };
}

/**
 * What of a value is looked for: with each kind of line end, in one line, without quotes around it, and line by line.
 * Of a large value escaped text is looked for line by line alone, because all ways for all of it would cost seconds.
 */
function partsOf(text: string): { plain: string[]; escaped: string[]; encoded: string[] } {
  const unix = text.replaceAll('\r\n', '\n');
  const wholes = [...new Set([text, unix, unix.replaceAll('\n', '\r\n')])].filter((whole) => !isShortValue(whole));
  const lines = unix.split('\n').map((line) => line.trim());
  const distinct = lines.filter((line) => line.length >= shortestLine);
  const plain = [...wholes, unix.split(/\s+/).join(' ')].filter((part) => !isShortValue(part));
  if (text.length > largest) return { plain, escaped: lines.length > 1 ? distinct : wholes, encoded: wholes };
  const unquoted = /^(["'])(.*)\1$/s.exec(text)?.[2]?.trim() ?? '';
  const all = [...wholes, ...distinct, ...(isShortValue(unquoted) ? [] : [unquoted])];
  return { plain, escaped: all, encoded: all };
}

function escapedForms(text: string): string[] {
  // Nobody escapes these.
  if (/^[\w.-]*$/.test(text)) return [text];
  return [jsonForms, urlForms, htmlForms, quotedForms].flatMap((encode) => encode(text));
}

function addEncoded(text: string, exact: Set<string>, spaced: Set<string>): void {
  const bytes = Buffer.from(text);
  const wide = Buffer.from(text, 'utf16le');
  exact.add(wide.toString('latin1'));
  exact.add(Buffer.from(wide).swap16().toString('latin1'));
  const hex = bytes.toString('hex');
  for (const form of [...base64Forms(bytes), ...base64Forms(wide), hex, hex.toUpperCase()]) spaced.add(form);
}

/** All lines in one, from the first that is no mere bracket on: blanks and line ends don't count where this is looked for. */
function joinedLines(text: string): string {
  const lines = text.split('\n').map((line) => line.replace(/[\t-\r ]+/g, ''));
  if (lines.length < 2) return '';
  return lines.slice(lines.findIndex((line) => line.length > 1)).join('');
}

/** Bytes as a text of as many characters, so that a set can tell which are the same. */
const latin1 = (text: string): string => Buffer.from(text).toString('latin1');

function pieces(needle: string): Uint8Array[] {
  const bytes = Buffer.from(needle, 'latin1');
  const found: Uint8Array[] = [];
  for (let end = longestNeedle; end < bytes.length; end += longestNeedle) {
    found.push(bytes.subarray(end - longestNeedle, end));
  }
  // The last one reaches back, so that it isn't too short to be told from anything else.
  found.push(bytes.subarray(Math.max(0, bytes.length - longestNeedle)));
  return found;
}
