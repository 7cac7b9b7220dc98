import { expect, it } from 'vitest';
import { whyNoJson } from './why-no-json.ts';

function whyNot(text: string): string {
  try {
    JSON.parse(text);
    return 'it is JSON';
  } catch (error) {
    return whyNoJson(error);
  }
}

it.each(['hunter2hunter2', '{"a": hunter2hunter2 and much more that is no JSON}', '["hunter2", x"]', '{"a":hunter2'])(
  'says why %s is no JSON, and quotes nothing of it but a character',
  (text) => {
    expect(whyNot(text)).toMatch(/^Unexpected token/);
    expect(whyNot(text)).not.toContain('unter');
  },
);

it('keeps what quotes nothing', () => {
  expect(whyNot('{"a":')).toBe('Unexpected end of JSON input');
});
