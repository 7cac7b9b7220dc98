import { gunzipSync } from 'node:zlib';
import { newId } from '@nexomatic/contracts/id';
import type { LogChunk } from '@nexomatic/contracts/sink-protocol';
import { expect, it } from 'vitest';
import { packChunks } from './pack-chunks.ts';

const chunk = (bytes: LogChunk['bytes']): LogChunk => ({
  ...{ eventId: newId('event'), attempt: 1, seq: 1, channel: 'stdout', at: 1, bytes },
});

it('text that repeats itself travels packed; short text, noise and bytes that are no text travel as they are', () => {
  const text = 'the same line again\n'.repeat(500);
  const noise = Array.from({ length: 600 }, (_, n) => String.fromCodePoint(0x4e00 + ((n * 7_919) % 20_000))).join('');
  const given = [{ utf8: text }, { utf8: 'short\n' }, { base64: 'AAECAw==' }].map(chunk);
  const [packed, ...others] = packChunks([...given, chunk({ utf8: noise })]);
  expect(packed).toEqual({ ...given[0], bytes: { gzip: expect.any(String) } });
  const bytes = packed?.bytes ?? { utf8: '' };
  expect(gunzipSync(Buffer.from('gzip' in bytes ? bytes.gzip : '', 'base64')).toString()).toBe(text);
  expect(others.map((other) => Object.keys(other.bytes))).toEqual([['utf8'], ['base64'], ['utf8']]);
});
