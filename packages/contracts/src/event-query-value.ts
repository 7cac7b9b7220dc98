import type { KeyRule, ValueForm } from './event-query-keys.ts';
import { nearestName } from './nearest-name.ts';

/** A value as it is asked for. Numbers stay the text that was written: a filter must not round. */
export type QueryValue =
  | { kind: 'text'; text: string }
  | { kind: 'prefix'; text: string }
  | { kind: 'any'; texts: string[] }
  | { kind: 'above'; number: string }
  | { kind: 'below'; number: string }
  | { kind: 'between'; low: string; high: string }
  | { kind: 'null' };

/** What is wrong, and where: `at` counts UTF-16 units from the beginning of the query. */
export interface QueryFault {
  at: number;
  length: number;
  message: string;
}

/** Thrown inside the parser by the first fault of a term. */
export class Misread extends Error {
  readonly fault: QueryFault;
  constructor(at: number, length: number, message: string) {
    super(message);
    this.fault = { at, length, message };
  }
}

const number = /^-?\d+(\.\d+)?$/;
const quotedText = /^"((?:[^"\\]|\\.)*)"/s;

/** Reads the value of a term; `at` is where `raw` stands in the query. */
export function readValue(raw: string, at: number, key: string, rule: KeyRule): QueryValue {
  const value = readForm(raw, at, rule);
  const form = formOf(value);
  if (form && !rule.takes?.includes(form)) {
    throw new Misread(at, raw.length, `${key} does not take ${formWords[form]}; write for example ${rule.sample}.`);
  }
  if (rule.time && value.kind !== 'text') throw new Misread(at, raw.length, `${key} takes a single value.`);
  if (value.kind === 'text') return { kind: 'text', text: checked(value.text, at, raw.length, rule) };
  return value;
}

function readForm(raw: string, at: number, rule: KeyRule): QueryValue {
  if (raw.startsWith('(')) return { kind: 'any', texts: readList(raw, at, rule) };
  if (raw.startsWith('"')) return readQuoted(raw, at);
  if (raw === 'null') return { kind: 'null' };
  if (raw.startsWith('>')) return { kind: 'above', number: readNumber(raw.slice(1), at + 1) };
  if (raw.startsWith('<')) return { kind: 'below', number: readNumber(raw.slice(1), at + 1) };
  const dots = raw.indexOf('..');
  if (dots >= 0 && rule.takes?.includes('number')) return readRange(raw, at, dots);
  const star = raw.indexOf('*');
  if (star < 0) return { kind: 'text', text: raw };
  if (star < raw.length - 1)
    throw new Misread(at + star, 1, 'A * stands only at the end; put the text in quotes to look for it as it is.');
  if (star === 0) throw new Misread(at, 1, 'Write the beginning of the text before the *.');
  return { kind: 'prefix', text: raw.slice(0, star) };
}

function readQuoted(raw: string, at: number): QueryValue {
  const match = quotedText.exec(raw);
  if (!match) throw new Misread(at, raw.length, 'The quotes are not closed.');
  const text = unescaped(match[1] ?? '');
  const rest = raw.slice(match[0].length);
  if (rest === '') return { kind: 'text', text };
  if (rest !== '*') throw new Misread(at + match[0].length, rest.length, 'Leave a space after the quotes.');
  if (text === '') throw new Misread(at, raw.length, 'Write the beginning of the text before the *.');
  return { kind: 'prefix', text };
}

function readRange(raw: string, at: number, dots: number): QueryValue {
  const [low, high] = [raw.slice(0, dots), raw.slice(dots + 2)];
  if (!number.test(low) || !number.test(high)) {
    throw new Misread(
      at,
      raw.length,
      'A range goes from a number to a number, for example 1..10; put the text in quotes to look for it as it is.',
    );
  }
  return { kind: 'between', low, high };
}

function readNumber(raw: string, at: number): string {
  if (number.test(raw)) return raw;
  throw new Misread(at, raw.length, 'Expected a number, for example 100 or -2.5.');
}

/** `(a,"b, c",d)`: texts alone. */
function readList(raw: string, at: number, rule: KeyRule): string[] {
  const texts: string[] = [];
  let next = 1;
  for (;;) {
    next += raw.slice(next).search(/\S|$/);
    const rest = raw.slice(next);
    const item = quotedText.exec(rest)?.[0] ?? /^[^,)"]*/.exec(rest)?.[0].trimEnd() ?? '';
    const bare = !item.startsWith('"');
    if (item === '') throw new Misread(at + next, 0, 'A value is missing in the list.');
    if (bare && (item === 'null' || item.includes('*'))) {
      throw new Misread(
        at + next,
        item.length,
        `A list holds whole values; write ${item} as a term of its own, or in quotes to look for it as it is.`,
      );
    }
    texts.push(checked(bare ? item : unescaped(item.slice(1, -1)), at + next, item.length, rule));
    next += item.length;
    next += raw.slice(next).search(/\S|$/);
    if (raw[next] === ',') next++;
    else break;
  }
  if (raw[next] !== ')') throw new Misread(at + next, 0, 'The list is not closed by ).');
  const rest = raw.slice(next + 1);
  if (rest !== '') throw new Misread(at + next + 1, rest.length, 'Leave a space after the list.');
  return texts;
}

/** A text that the key can have, words in their usual form. */
function checked(text: string, at: number, length: number, { words, fault }: KeyRule): string {
  const word = text.toLowerCase();
  if (words && !words.includes(word)) {
    const near = nearestName(word, words);
    throw new Misread(
      at,
      length,
      `There is no ${text || 'empty value'} here; did you mean ${near}? Values: ${words.join(', ')}.`,
    );
  }
  const message = fault?.(text);
  if (message) throw new Misread(at, length, message);
  return words ? word : text;
}

const unescaped = (text: string): string => text.replace(/\\(["\\])/g, '$1');

function formOf({ kind }: QueryValue): ValueForm | null {
  switch (kind) {
    case 'prefix':
    case 'null':
      return kind;
    case 'above':
    case 'below':
    case 'between':
      return 'number';
    case 'text':
    case 'any':
      return null;
  }
}

const formWords: Record<ValueForm, string> = {
  prefix: 'a beginning of a text (text*)',
  null: 'null',
  number: 'a comparison of numbers (>n, <n, a..b)',
};

/** A value as text; reads back as the same value. */
export function formatValue(value: QueryValue): string {
  switch (value.kind) {
    case 'text':
      return textOf(value.text);
    case 'prefix':
      return `${textOf(value.text)}*`;
    case 'any':
      return `(${value.texts.map(textOf).join(',')})`;
    case 'above':
      return `>${value.number}`;
    case 'below':
      return `<${value.number}`;
    case 'between':
      return `${value.low}..${value.high}`;
    case 'null':
      return 'null';
  }
}

/** Bare where it can be, in quotes where it would be read as something else. */
const textOf = (text: string): string =>
  text === '' || text === 'null' || /^[<>]|[\s"(),*]|\.\./.test(text) ? `"${text.replace(/["\\]/g, '\\$&')}"` : text;
