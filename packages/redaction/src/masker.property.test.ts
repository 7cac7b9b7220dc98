import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { createMasker } from './masker.ts';
import { needlesOf } from './needles-of.ts';

/** Few characters, so that beginnings, overlaps and near misses are many; none of a mask's own. */
const unit = fc.constantFrom('a', 'b', 'ab', '/', '"', '&', ' ', '\n', '\r\n', 'é', '6', '1');
const value = fc.string({ unit, minLength: 3, maxLength: 14 });

const forms: ((text: string) => string)[] = [
  (text) => text,
  (text) => JSON.stringify(text),
  encodeURIComponent,
  (text) => Buffer.from(text).toString('base64'),
  (text) => Buffer.from(`a${text}`).toString('base64').replace(/.{4}/g, '$&\n'),
  (text) => Buffer.from(text).toString('hex').replace(/.{2}/g, '$& '),
];

interface Case {
  values: Uint8Array[];
  text: Buffer;
  cuts: number[];
}

/** Secrets, a text that holds them whole, encoded and in part between other characters, and where it is cut. */
const cases: fc.Arbitrary<Case> = fc
  .record({
    values: fc.array(value, { minLength: 1, maxLength: 4 }),
    parts: fc.array(
      fc.tuple(fc.nat(), fc.nat(forms.length - 1), fc.nat(20), fc.nat(20), fc.string({ unit, maxLength: 6 })),
      { maxLength: 8 },
    ),
    cuts: fc.array(fc.nat(400), { maxLength: 10 }),
  })
  .map(({ values, parts, cuts }) => {
    const text = parts
      .map(([which, form, skipped, dropped, between]) => {
        const encoded = forms[form]?.(values[which % values.length] ?? '') ?? '';
        return encoded.slice(skipped > 15 ? skipped - 15 : 0, dropped > 15 ? 15 - dropped : undefined) + between;
      })
      .join('');
    return { values: values.map((one) => Buffer.from(one)), text: Buffer.from(text), cuts: cuts.sort((a, b) => a - b) };
  });

function writesOf({ text, cuts }: Case): Buffer[] {
  const places = [0, ...cuts.map((cut) => Math.min(cut, text.length)), text.length];
  return places.slice(1).map((end, index) => Buffer.from(text.subarray(places[index], end)));
}

function through(values: Uint8Array[], writes: Buffer[]): Buffer {
  const stream = createMasker(values).openStream();
  return Buffer.concat([...writes.map((write) => stream.push(write)), stream.end()]);
}

/** The same in one write, in these writes, byte by byte; nothing that is looked for is left; a second time changes nothing. */
function holds(one: Case): void {
  const whole = through(one.values, [Buffer.from(one.text)]);
  expect(through(one.values, writesOf(one)).equals(whole)).toBe(true);
  expect(
    through(
      one.values,
      Array.from(one.text, (byte) => Buffer.from([byte])),
    ).equals(whole),
  ).toBe(true);
  const { exact } = needlesOf(one.values);
  expect(exact.filter((needle) => whole.includes(Buffer.from(needle)))).toEqual([]);
  expect(through(one.values, [Buffer.from(whole)]).equals(whole)).toBe(true);
}

// A loaded machine takes many times as long as an idle one.
vi.setConfig({ testTimeout: 120_000 });

describe('whatever the secrets, the text and the writes', () => {
  it('the output is that of one write, and no secret is left in it', () => {
    fc.assert(fc.property(cases, holds), { numRuns: 300 });
  });

  it('holds for as many cases as two seconds allow, other ones each time', () => {
    const limit = { numRuns: 20_000, interruptAfterTimeLimit: 2_000, markInterruptAsFailure: false };
    fc.assert(fc.property(cases, holds), limit);
  });

  it('text of other characters passes as it is', () => {
    const other = fc.string({ unit: fc.constantFrom('x', 'y', 'Z', '-', ' ', '\n', 'ü'), maxLength: 200 });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), other, (values, text) => {
        expect(createMasker(values.map((one) => Buffer.from(one))).maskText(text)).toBe(text);
      }),
      { numRuns: 100 },
    );
  });
});
