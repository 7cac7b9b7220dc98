import { describe, expect, it } from 'vitest';
import { createMasker } from './masker.ts';

const mask = (value: string, json: string) => createMasker([Buffer.from(value)]).maskJson(json);

describe('JSON that is masked', () => {
  it('is masked in its strings, keys included, and keeps every digit of its numbers', () => {
    const json =
      '{"hunter2hunter2": ["a hunter2hunter2", 1.0, 12345678901234567890123, -1e400, true, null], "b": "c\\/d"}';
    expect(mask('hunter2hunter2', json)).toBe(
      '{"***": ["a ***", 1.0, 12345678901234567890123, -1e400, true, null], "b": "c\\/d"}',
    );
  });

  it.each([
    ['pä"ss\\wörd\n', '["p\\u00e4\\"ss\\\\w\\u00F6rd"]'],
    ['hunter2hunter2', '["\\u0068\\u0075nter2hunter2"]'],
    ['hunter2hunter2', '["aHVudGVyMmh1bnRlcjI="]'],
  ])('is masked however its strings are escaped: %j in %s', (value, json) => {
    expect(mask(value, json)).toBe('["***"]');
  });

  it('stays JSON when what is left must be escaped', () => {
    expect(JSON.parse(mask('hunter2hunter2', '"\\"hunter2hunter2\\\\\\u0001"'))).toBe('"***\\\u0001');
  });

  it('shows a number that is a secret as text', () => {
    expect(mask('4929123456', '{"card": 4929123456, "n": 4929}')).toBe('{"card": "***", "n": 4929}');
  });

  it('is nothing but a mask when the secret is a piece of JSON that stands in it', () => {
    const value = '{"user":"ada","limit":[1,2]}';
    expect(mask(value, `{"a":${value}}`)).toBe('"***"');
    expect(mask(value, '{"a":{"user":"ada"}}')).toBe('{"a":{"user":"ada"}}');
  });

  it('may be as large as a result may be', () => {
    const json = JSON.stringify({ a: `${'x'.repeat(2 ** 19)}hunter2hunter2`, b: '"'.repeat(2 ** 18) });
    expect(mask('hunter2hunter2', json)).toBe(json.replace('hunter2hunter2', '***'));
  }, 60_000);
});
