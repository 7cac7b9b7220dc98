import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { systemClock } from '@nexomatic/clock';
import { expect, test } from 'vitest';
import type { BlobStore, NewBlob } from '../blob-store.ts';

/** What a test stores: these bytes, in pieces as a file would give them. */
export function blobOf(bytes: Uint8Array): NewBlob {
  const pieces = Array.from({ length: Math.ceil(bytes.length / 65_536) }, (_, i) =>
    bytes.subarray(i * 65_536, (i + 1) * 65_536),
  );
  return {
    size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest(),
    open: () => Readable.from(pieces, { objectMode: false }),
  };
}

export async function allOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

export const bytesOf = async (pieces: AsyncIterable<Uint8Array>): Promise<Buffer> => Buffer.concat(await allOf(pieces));

/** What every store promises, tried on a new and empty one. */
export function storeKeepsItsPromises(store: BlobStore): void {
  const large = randomBytes(5 * 1024 * 1024 + 17);

  test('what was stored is read back whole and by ranges, byte for byte', async () => {
    expect(await store.putIfAbsent('logs/a/large.bin', blobOf(large))).toBe('stored');
    expect(await store.head('logs/a/large.bin')).toEqual({ size: large.length });
    const whole = await bytesOf(store.read('logs/a/large.bin', { from: 0, length: large.length }));
    expect(whole.equals(large)).toBe(true);
    for (const [from, length] of [
      [0, 1],
      [70_000, 131_072],
      [large.length - 3, 3],
      [5, 0],
    ] as const) {
      const range = await bytesOf(store.read('logs/a/large.bin', { from, length }));
      expect(range.equals(large.subarray(from, from + length))).toBe(true);
    }
  });

  test('a key is written once: what stands there stays, whoever comes later or at the same time', async () => {
    expect(await store.putIfAbsent('once/first', blobOf(Buffer.from('first')))).toBe('stored');
    expect(await store.putIfAbsent('once/first', blobOf(Buffer.from('second')))).toBe('exists');
    expect(String(await bytesOf(store.read('once/first', { from: 0, length: 5 })))).toBe('first');

    const texts = ['one', 'two', 'six', 'ten'];
    const outcomes = await Promise.all(texts.map((text) => store.putIfAbsent('once/race', blobOf(Buffer.from(text)))));
    expect(outcomes.toSorted()).toEqual(['exists', 'exists', 'exists', 'stored']);
    expect(String(await bytesOf(store.read('once/race', { from: 0, length: 3 })))).toBe(
      texts[outcomes.indexOf('stored')],
    );
  });

  test('bytes that are not those that were announced are not stored', async () => {
    const { size, sha256 } = blobOf(large);
    const changed = Buffer.from(large);
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    const wrong = [changed, large.subarray(0, -1), Buffer.concat([large, Buffer.of(0)])];
    for (const bytes of wrong) {
      const put = store.putIfAbsent('wrong/bytes', { size, sha256, open: blobOf(bytes).open });
      await expect(put).rejects.toMatchObject({ fault: 'corrupt' });
    }
    expect(await store.head('wrong/bytes')).toBeNull();
  });

  test('what breaks off while it is sent is not stored', async () => {
    const broken = () =>
      Readable.from(
        (async function* () {
          yield large.subarray(0, 200_000);
          throw new Error('the source broke');
        })(),
        { objectMode: false },
      );
    await expect(store.putIfAbsent('broken/off', { ...blobOf(large), open: broken })).rejects.toThrow();
    expect(await store.head('broken/off')).toBeNull();
    expect(await allOf(store.list('broken/'))).toEqual([]);
  });

  test('what is not there is told apart from a fault, and may be deleted', async () => {
    expect(await store.head('none/at-all')).toBeNull();
    await expect(bytesOf(store.read('none/at-all', { from: 0, length: 1 }))).rejects.toMatchObject({
      name: 'BlobError',
      fault: 'missing',
    });
    await store.delete('none/at-all');
  });

  test('a range beyond the end is an error and never fewer bytes', async () => {
    await store.putIfAbsent('short/one', blobOf(Buffer.from('0123456789')));
    await expect(bytesOf(store.read('short/one', { from: 5, length: 6 }))).rejects.toMatchObject({ fault: 'corrupt' });
  });

  test('what was deleted is gone, and its key can be written again', async () => {
    await store.putIfAbsent('gone/one', blobOf(Buffer.from('one')));
    await store.delete('gone/one');
    expect(await store.head('gone/one')).toBeNull();
    expect(await store.putIfAbsent('gone/one', blobOf(Buffer.from('two')))).toBe('stored');
  });

  test('keys are listed by what they begin with', async () => {
    const keys = ['list/a/1.zst', 'list/a/2.zst', 'list/ab/3.zst', 'list/b/4.zst'];
    for (const key of keys) await store.putIfAbsent(key, blobOf(Buffer.from(key)));
    const under = async (prefix: string) => (await allOf(store.list(prefix))).map(({ key }) => key).toSorted();
    expect(await under('list/')).toEqual(keys);
    expect(await under('list/a/')).toEqual(keys.slice(0, 2));
    expect(await under('list/a')).toEqual(keys.slice(0, 3));
    expect(await under('nothing/')).toEqual([]);
    const [first] = await allOf(store.list('list/b/'));
    expect(first).toEqual({ key: 'list/b/4.zst', size: 12, at: expect.any(Date) });
    expect(Math.abs((first?.at.getTime() ?? 0) - systemClock.now())).toBeLessThan(600_000);
  });

  const tooLong = `a/${'b'.repeat(900)}`;
  test.each([
    '',
    '/',
    'a//b',
    '../a',
    'a/../b',
    'a/.b',
    '.partial/a',
    'A/b',
    'a b',
    'a/',
    '/a',
    'a\\b',
    'é',
    'too long',
  ])('the key %j is refused by every call', async (text) => {
    const key = text === 'too long' ? tooLong : text;
    await expect(store.putIfAbsent(key, blobOf(Buffer.from('x')))).rejects.toThrow(TypeError);
    await expect(bytesOf(store.read(key, { from: 0, length: 1 }))).rejects.toThrow(TypeError);
    await expect(store.head(key)).rejects.toThrow(TypeError);
    await expect(store.delete(key)).rejects.toThrow(TypeError);
  });
}
