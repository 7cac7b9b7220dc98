import { expect, test } from 'vitest';
import { maxShownBytes, showBody } from './stored-body.ts';

test('a body is shown digit for digit', () => {
  const json = '{"n":12345678901234567890123,"z":1e400,"f":1.0,"m":-0}';
  expect(showBody(Buffer.from(json), 'application/json')).toEqual({
    contentType: 'application/json',
    size: json.length,
    text: json,
    truncated: false,
  });
});

test('a body of exactly the limit is shown whole', () => {
  expect(showBody(Buffer.alloc(maxShownBytes, 'a'), 'text/plain')).toMatchObject({
    size: maxShownBytes,
    truncated: false,
  });
});

test('a longer body is cut before the character that crosses the limit', () => {
  const body = Buffer.concat([Buffer.alloc(maxShownBytes - 2, 'a'), Buffer.from('😀 and more')]);
  const shown = showBody(body, 'text/plain');
  expect(shown).toMatchObject({ size: body.length, truncated: true });
  expect(shown.text).toBe('a'.repeat(maxShownBytes - 2));
});

test('a body that is not UTF-8 has no text', () => {
  expect(showBody(Uint8Array.of(0xff, 0xfe), 'application/octet-stream').text).toBeNull();
});
