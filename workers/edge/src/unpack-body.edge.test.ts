import { expect, test } from 'vitest';
import { unpackBody } from './unpack-body.ts';

async function packed(format: 'gzip' | 'deflate', body: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Response(body).body?.pipeThrough(new CompressionStream(format));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const text = new Uint8Array(new TextEncoder().encode(`"${'abc'.repeat(1_000)}"`));

test.each([
  ['gzip', 'gzip'],
  ['deflate', 'deflate'],
] as const)('a body that was packed by %s comes back byte for byte', async (encoding, format) => {
  expect(await unpackBody(encoding, await packed(format, text), text.length)).toEqual({ kind: 'unpacked', body: text });
});

test('one byte more than the cap is too much', async () => {
  expect(await unpackBody('gzip', await packed('gzip', text), text.length - 1)).toEqual({ kind: 'too_large' });
});

test('a bomb of 64 MiB costs no more than the cap', async () => {
  const bomb = await packed('gzip', new Uint8Array(64 * 1_024 * 1_024));
  expect(bomb.length).toBeLessThan(100_000);
  expect(await unpackBody('gzip', bomb, 1_048_576)).toEqual({ kind: 'too_large' });
});

test('what is not of its encoding, is cut off or has none is not guessed at', async () => {
  const gzip = await packed('gzip', text);
  expect(await unpackBody('br', gzip, 1_048_576)).toEqual({ kind: 'broken' });
  expect(await unpackBody('gzip', gzip.slice(0, -9), 1_048_576)).toEqual({ kind: 'broken' });
  expect(await unpackBody('gzip', new Uint8Array(), 1_048_576)).toEqual({ kind: 'broken' });
  expect(await unpackBody('zstd', gzip, 1_048_576)).toEqual({ kind: 'broken' });
});
