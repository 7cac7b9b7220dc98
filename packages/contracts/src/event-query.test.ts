import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type EventQuery, formatEventQuery, parseEventQuery, type QueryTerm } from './event-query.ts';
import { isPlainKey, keyRule, type PlainKey, plainKeys } from './event-query-keys.ts';
import { splitTerms } from './event-query-split.ts';
import type { QueryValue } from './event-query-value.ts';
import { newId } from './id.ts';
import { maxQueryLength, timeBoundsOf } from './query-terms.ts';

const event = newId('event');
const bulkJob = newId('bulkJob');

function termsOf(text: string): QueryTerm[] {
  const parsed = parseEventQuery(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.query.terms;
}
const firstValue = (text: string): QueryValue | undefined => termsOf(text)[0]?.value;
function faultsOf(text: string) {
  const parsed = parseEventQuery(text);
  return parsed.ok
    ? []
    : parsed.faults.map(({ at, length, message }) => `${text.slice(at, at + length)} @${at}: ${message}`);
}

describe('a query', () => {
  test('is read term by term', () => {
    expect(termsOf(`state:(queued,running)  -type:deploy.* payload.order.id:4711\tsink:null`)).toEqual([
      { key: 'state', negated: false, value: { kind: 'any', texts: ['queued', 'running'] } },
      { key: 'type', negated: true, value: { kind: 'prefix', text: 'deploy.' } },
      { key: 'payload', path: 'order.id', negated: false, value: { kind: 'text', text: '4711' } },
      { key: 'sink', negated: false, value: { kind: 'null' } },
    ]);
    expect(termsOf('   ')).toEqual([]);
  });

  test('takes numbers, ranges, quoted texts and their beginnings', () => {
    expect(firstValue('payload.amount:>100')).toEqual({ kind: 'above', number: '100' });
    expect(firstValue('payload.amount:<-2.50')).toEqual({ kind: 'below', number: '-2.50' });
    expect(firstValue('payload.amount:1..10')).toEqual({ kind: 'between', low: '1', high: '10' });
    expect(firstValue(String.raw`payload.name:"say \"hi\" (a:b), c\\d"`)).toEqual({
      kind: 'text',
      text: String.raw`say "hi" (a:b), c\d`,
    });
    expect(firstValue('payload.name:"Ada L"*')).toEqual({ kind: 'prefix', text: 'Ada L' });
    expect(firstValue('payload.name:"null"')).toEqual({ kind: 'text', text: 'null' });
    expect(firstValue('payload.name:( "a, b" , c )')).toEqual({ kind: 'any', texts: ['a, b', 'c'] });
    expect(firstValue('payload.url:https://x.example/?a=1')).toEqual({ kind: 'text', text: 'https://x.example/?a=1' });
    expect(firstValue('type:a..b')).toEqual({ kind: 'text', text: 'a..b' });
  });

  test('reads fixed words in any case, and names as they are', () => {
    expect(formatEventQuery({ terms: termsOf('state:(ERROR,Queued) type:Deploy') })).toBe(
      'state:(error,queued) type:Deploy',
    );
  });

  test('takes ids of the right kind', () => {
    for (const key of ['id', 'parent', 'root', 'rerun']) expect(termsOf(`${key}:${event}`)).toHaveLength(1);
    expect(termsOf(`bulk:${bulkJob} parent:null id:(${event},${newId('event')})`)).toHaveLength(3);
    expect(faultsOf(`id:${bulkJob}`)).toEqual([`${bulkJob} @3: Expected the id of an event: evt_ and 26 characters.`]);
    expect(faultsOf(`root:(${event},x)`)).toEqual(['x @37: Expected the id of an event: evt_ and 26 characters.']);
  });
});

describe('a fault', () => {
  test.each([
    [
      'stat:error',
      /^stat @0: There is no key stat; did you mean state\? Keys: state, reason, type, .*, payload\.<path>\.$/,
    ],
    ['type:x Source:y', /^Source @7: There is no key Source; did you mean source\?/],
    ['-typ:x', /^typ @1: .*did you mean type\?/],
    ['payload:x', /^payload @0: payload is no path into a payload/],
    ['payload.a..b:x', /^payload\.a\.\.b @0: /],
    ['refused', /^refused @0: refused is no filter: write key:value, for example type:refused\.$/],
    ['"connection refused" state:error', /^"connection refused" @0: /],
    ['state:', /^state: @0: state needs a value, for example state:error\.$/],
    [
      'state:eror',
      /^eror @6: There is no eror here; did you mean error\? Values: queued, running, success, warning, error\.$/,
    ],
    ['state:(error,quued)', /^quued @13: .*did you mean queued\?/],
    ['state:null', /^null @6: state does not take null/],
    ['state:err*', /^err\* @6: state does not take a beginning of a text/],
    ['type:>5', /^>5 @5: type does not take a comparison of numbers/],
    ['payload.a:>b', /^b @11: Expected a number/],
    ['payload.a:1..b', /^1\.\.b @10: A range goes from a number to a number/],
    ['type:a*b', /^\* @6: A \* stands only at the end/],
    ['type:*', /^\* @5: Write the beginning of the text before the \*\.$/],
    ['type:"a', /^"a @5: The quotes are not closed\.$/],
    ['type:"a"b', /^b @8: Leave a space after the quotes\.$/],
    ['type:(a,b', / @9: The list is not closed by \)\.$/],
    ['type:(a,,b)', / @8: A value is missing in the list\.$/],
    ['type:()', / @6: A value is missing in the list\.$/],
    ['type:(a,b*)', /^b\* @8: A list holds whole values/],
    ['since:yesterday', /^yesterday @6: Expected minutes, hours or days/],
    ['-since:24h', /^- @0: A time can not be excluded/],
    ['since:1h since:2h', /^since:2h @9: since stands here twice\.$/],
    [
      'since:1h from:2026-11-24T09:00Z',
      /^from:2026-11-24T09:00Z @9: Either since or from: since:1h is there already\.$/,
    ],
    ['from:2026-11-24', /^2026-11-24 @5: Expected a time with its zone/],
    ['from:2026-13-44T09:00Z', /Expected a time with its zone/],
    ['from:2026-11-24T09:00Z to:2026-11-24T09:00+01:00', /^to:.* @23: The range ends before it begins/],
    ['to:(2026-11-24T09:00Z)', /to takes a single value/],
  ])('of %s says where and what to do', (text, said) => {
    expect(faultsOf(text)).toEqual([expect.stringMatching(said)]);
  });

  test('is told for every term that has one', () => {
    expect(faultsOf('a state:x type:ok b:c')).toHaveLength(3);
  });

  test('is a query that is too long', () => {
    expect(faultsOf(`type:${'x'.repeat(maxQueryLength)}`)[0]).toContain('at most 2000 characters');
    expect(faultsOf('type:x '.repeat(51))[0]).toContain('at most 50 terms');
  });
});

const number = fc
  .tuple(fc.integer(), fc.option(fc.nat({ max: 999 }), { nil: undefined }))
  .map(([whole, part]) => (part === undefined ? `${whole}` : `${whole}.${part}`));
const awkward = fc.oneof(
  fc.string({ minLength: 1, unit: 'binary', maxLength: 20 }),
  fc.string({ unit: fc.constantFrom(...'"\\(),*:.<>- \tanull0'), maxLength: 12 }),
);
const beginning = awkward.filter((text) => text !== '');
const span = fc.tuple(fc.integer({ min: 1, max: 9999 }), fc.constantFrom('m', 'h', 'd')).map((parts) => parts.join(''));

function textFor(key: PlainKey | 'payload'): fc.Arbitrary<string> {
  const words = key === 'payload' ? undefined : keyRule(key)?.words;
  if (words) return fc.constantFrom(...words);
  if (key === 'bulk') return fc.constant(bulkJob);
  if (['id', 'parent', 'root', 'rerun'].includes(key)) return fc.constant(event);
  return awkward;
}

function valueFor(key: PlainKey | 'payload'): fc.Arbitrary<QueryValue> {
  const takes = keyRule(key === 'payload' ? 'payload.a' : key)?.takes ?? [];
  const text = textFor(key);
  const any: fc.Arbitrary<QueryValue>[] = [
    text.map((text) => ({ kind: 'text', text })),
    fc.array(text, { minLength: 1, maxLength: 4 }).map((texts) => ({ kind: 'any', texts })),
  ];
  if (takes.includes('prefix')) any.push(beginning.map((text) => ({ kind: 'prefix', text })));
  if (takes.includes('null')) any.push(fc.constant({ kind: 'null' }));
  if (takes.includes('number')) {
    any.push(
      number.map((number) => ({ kind: 'above', number })),
      number.map((number) => ({ kind: 'below', number })),
    );
    any.push(fc.tuple(number, number).map(([low, high]) => ({ kind: 'between', low, high })));
  }
  return fc.oneof(...any);
}

const timeless = Object.entries(plainKeys).flatMap(([key, rule]) => ('time' in rule || !isPlainKey(key) ? [] : [key]));
const segment = fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme' }).filter((text) => !/[\s.:"(),]/.test(text));
const term: fc.Arbitrary<QueryTerm> = fc.oneof(
  fc
    .constantFrom(...timeless)
    .chain((key) => fc.record({ key: fc.constant(key), negated: fc.boolean(), value: valueFor(key) })),
  fc.record({
    key: fc.constant('payload' as const),
    path: fc.array(segment, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('.')),
    negated: fc.boolean(),
    value: valueFor('payload'),
  }),
);
const time: fc.Arbitrary<QueryTerm[]> = fc.option(
  span.map((text): QueryTerm[] => [{ key: 'since', negated: false, value: { kind: 'text', text } }]),
  { nil: [] },
);
const query: fc.Arbitrary<EventQuery> = fc
  .tuple(fc.array(term, { maxLength: 6 }), time)
  .map(([terms, last]) => ({ terms: [...terms, ...last] }))
  .filter((made) => formatEventQuery(made).length <= maxQueryLength);

describe('text and query', () => {
  test('are two forms of one thing: what is written is read back', () => {
    fc.assert(
      fc.property(query, (made) => {
        expect(parseEventQuery(formatEventQuery(made))).toEqual({ ok: true, query: made });
      }),
      { numRuns: 2_000 },
    );
  });

  test('of any kind are read or refused, with every place inside the text, and split without loss', () => {
    fc.assert(
      fc.property(fc.oneof(awkward, fc.string({ unit: 'binary' }), query.map(formatEventQuery)), (text) => {
        for (const term of splitTerms(text)) {
          expect(text.slice(term.at, term.at + term.text.length)).toBe(term.text);
          expect(text.slice(term.valueAt, term.valueAt + term.value.length)).toBe(term.value);
        }
        expect(
          splitTerms(text)
            .map((term) => term.text)
            .join('')
            .replace(/\s/g, ''),
        ).toBe(text.replace(/\s/g, ''));
        const parsed = parseEventQuery(text);
        if (parsed.ok) return;
        for (const { at, length, message } of parsed.faults) {
          expect(at >= 0 && length >= 0 && at + length <= text.length).toBe(true);
          expect(message).toMatch(/[.]$/s);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

test('the time range of a query is told in instants', () => {
  const now = Date.UTC(2026, 10, 24, 12);
  const bounds = (text: string) => timeBoundsOf({ terms: termsOf(text) }, now);
  expect(bounds('')).toEqual({});
  expect(bounds('since:all')).toEqual({});
  expect(bounds('since:15m')).toEqual({ since: '2026-11-24T11:45:00.000Z' });
  expect(bounds('since:7d')).toEqual({ since: '2026-11-17T12:00:00.000Z' });
  expect(bounds('from:2026-11-24T10:00+01:00 to:2026-11-24T12:30:15Z')).toEqual({
    since: '2026-11-24T09:00:00.000Z',
    until: '2026-11-24T12:30:15.000Z',
  });
});
