import { describe, expect, test } from 'vitest';
import { formatLogQuery, parseLogQuery } from './log-query.ts';

const termsOf = (text: string) => {
  const parsed = parseLogQuery(text);
  if (!parsed.ok) throw new Error(parsed.faults.map(({ message }) => message).join(' '));
  return parsed.query.terms;
};
const faultsOf = (text: string) => {
  const parsed = parseLogQuery(text);
  return parsed.ok ? [] : parsed.faults;
};

describe('a query of logs', () => {
  test('holds keys with values, words and quoted texts, each of which can be negated', () => {
    expect(termsOf('level:(warn,ERROR) timeout -"connection refused" -sink:eu-*')).toEqual([
      { key: 'level', negated: false, value: { kind: 'any', texts: ['warn', 'error'] } },
      { key: 'text', negated: false, value: { kind: 'text', text: 'timeout' } },
      { key: 'text', negated: true, value: { kind: 'text', text: 'connection refused' } },
      { key: 'sink', negated: true, value: { kind: 'prefix', text: 'eu-' } },
    ]);
  });

  test('names fields by dotted paths, and compares them as texts or as numbers', () => {
    expect(termsOf('field.order.id:4711 field.ms:>100 -field.customer:null')).toEqual([
      { key: 'field', path: 'order.id', negated: false, value: { kind: 'text', text: '4711' } },
      { key: 'field', path: 'ms', negated: false, value: { kind: 'above', number: '100' } },
      { key: 'field', path: 'customer', negated: true, value: { kind: 'null' } },
    ]);
  });

  test.each([
    'level:error type:deploy.* "connection refused"',
    '-level:null attempt:2 channel:stderr since:7d',
    '"a:b" "say \\"no\\"" "C:\\\\temp" plain* field.x:"a b"',
    'from:2026-11-24T09:00Z to:2026-11-25T09:00Z source:null',
  ])('written as text reads back as the same query: %s', (text) => {
    expect(termsOf(formatLogQuery({ terms: termsOf(text) }))).toEqual(termsOf(text));
  });
});

describe('what can not be read is refused with its place', () => {
  test.each([
    ['levle:error', 0, 'did you mean level?'],
    ['timeout http://shop', 8, 'To look for the text itself, write "http://shop".'],
    ['level:fatal', 6, 'There is no fatal here'],
    ['event:4711', 6, 'Expected the id of an event'],
    ['attempt:two', 8, 'Expected the number of an attempt'],
    ['"open', 0, 'The quotes are not closed.'],
    ['""', 0, 'There is nothing in the quotes.'],
    ['-', 0, 'Write a word after the -'],
    ['field.:1', 0, 'no name of a field'],
    ['type:', 0, 'type needs a value'],
    ['since:1h since:2h', 9, 'since stands here twice'],
    ['-since:1h', 0, 'A time can not be excluded'],
  ])('%s', (text, at, message) => {
    expect(faultsOf(text)).toEqual([expect.objectContaining({ at, message: expect.stringContaining(message) })]);
  });
});
