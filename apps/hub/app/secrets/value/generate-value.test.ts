import { expect, test } from 'vitest';
import { type Alphabet, alphabets, generatedLength, generateValue } from './generate-value.ts';

const names = Object.keys(alphabets) as Alphabet[];

test.each(names)('a generated value has the length that was asked for, of characters of its alphabet: %s', (name) => {
  for (const length of [generatedLength.min, 33, generatedLength.max]) {
    const value = generateValue(length, name);
    expect(value).toHaveLength(length);
    expect([...value].filter((one) => !alphabets[name].characters.includes(one))).toEqual([]);
  }
});

test.each(names)('no character is likelier than another: %s', (name) => {
  const { characters } = alphabets[name];
  const counts = new Map([...characters].map((one) => [one, 0]));
  const rounds = 200;
  for (let i = 0; i < rounds; i++)
    for (const one of generateValue(512, name)) counts.set(one, (counts.get(one) ?? 0) + 1);
  const mean = (rounds * 512) / characters.length;
  // Eight standard deviations: a fair draw is outside once in a million million runs, one by remainder alone always.
  const slack = 8 * Math.sqrt(mean);
  for (const count of counts.values()) expect(Math.abs(count - mean)).toBeLessThan(slack);
});

test('two generated values differ', () => {
  expect(generateValue(32, 'letters')).not.toBe(generateValue(32, 'letters'));
});
