import { type Id, newId } from '@nexomatic/contracts/id';
import { logChannels } from '@nexomatic/contracts/sink-protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StoredChunk } from '../../logs/stored-chunk.ts';
import { decompress, sha256Of } from './archive-file.ts';
import { chunksOf, readIndex } from './read-archive.ts';
import { createArchiveWriter } from './write-archive.ts';

interface Log {
  eventId: Id<'event'>;
  attempt: number;
  chunks: StoredChunk[];
}

const at = new Date(1_700_000_000_000);
const head = { tenant: newId('tenant'), kind: 'output', writtenAt: at } as const;

function write(logs: Log[]) {
  const writer = createArchiveWriter(head);
  for (const { eventId, attempt, chunks } of logs) for (const chunk of chunks) writer.add(eventId, attempt, chunk);
  const written = writer.finish();
  const object = Buffer.concat(written.pieces);
  const reads: [number, number][] = [];
  const read = async (from: number, length: number) => {
    reads.push([from, length]);
    return object.subarray(from, from + length);
  };
  return { ...written, object, read, reads };
}

/** Everything of one attempt, by the object's own index and nothing else. */
async function readLog({ object, read }: ReturnType<typeof write>, { eventId, attempt }: Log): Promise<StoredChunk[]> {
  const { parts } = await readIndex(read, object.length);
  const part = parts.find((one) => one.event === eventId && one.attempt === attempt);
  const found: StoredChunk[] = [];
  for (const [from, length] of part?.blocks ?? [])
    found.push(...chunksOf(decompress(await read(from, length)), eventId, attempt));
  return found;
}

const plain = (chunks: StoredChunk[]) => chunks.map((chunk) => ({ ...chunk, body: [...chunk.body] }));

const anyLogs = fc
  .array(
    fc.record({
      again: fc.boolean(),
      chunks: fc.array(
        fc.record({
          gap: fc.integer({ min: 1, max: 3 }),
          channel: fc.constantFrom(...logChannels),
          more: fc.constantFrom<Partial<StoredChunk>>(
            {},
            { place: { before: 7, continues: 0 } },
            { place: { before: 7, continues: 3 }, lost: { lines: 29, why: 'it was full', goesOn: true } },
          ),
          ms: fc.integer({ min: -1_000, max: 4_000_000_000_000 }),
          body: fc.oneof(
            fc.uint8Array({ maxLength: 200 }),
            fc.string({ unit: 'binary', maxLength: 60 }).map((text) => new Uint8Array(Buffer.from(text))),
            fc
              .constantFrom('\ufeff', '\n', '"}\n{"event":"', '\u2028\0')
              .map((text) => new Uint8Array(Buffer.from(text))),
          ),
        }),
        { minLength: 1, maxLength: 8 },
      ),
    }),
    { maxLength: 6 },
  )
  .map((logs) => {
    let eventId = newId('event');
    let attempt = 0;
    return logs.map(({ again, chunks }): Log => {
      if (!again || attempt === 0) eventId = newId('event');
      attempt = again ? attempt + 1 : 1;
      let seq = 0;
      const stored = chunks.map(({ gap, channel, ms, body, more }) => {
        seq += gap;
        return { seq, channel, at: new Date(ms), body, ...more };
      });
      return { eventId, attempt, chunks: stored };
    });
  });

describe('an archive', () => {
  test('gives back every chunk of every log byte for byte, whatever is in it', async () => {
    await fc.assert(
      fc.asyncProperty(anyLogs, async (logs) => {
        const written = write(logs);
        for (const log of logs) expect(plain(await readLog(written, log))).toEqual(plain(log.chunks));
      }),
    );
  });

  test('says of itself what it holds, how long it is and what it hashes to', async () => {
    await fc.assert(
      fc.asyncProperty(anyLogs, async (logs) => {
        const { object, size, sha256, parts, read } = write(logs);
        expect(object.length).toBe(size);
        expect(sha256Of(object).equals(sha256)).toBe(true);
        const index = await readIndex(read, object.length);
        expect(index.parts).toEqual(parts);
        expect(sha256Of(object.subarray(0, -64)).equals(index.footer.sha256)).toBe(true);
        expect(parts.map(({ chunks, bytes }) => [chunks, bytes])).toEqual(
          logs.map(({ chunks }) => [chunks.length, chunks.reduce((sum, { body }) => sum + body.length, 0)]),
        );
      }),
    );
  });

  test('one log among many is read without the rest of the object', async () => {
    const logs = Array.from({ length: 400 }, (): Log => {
      const body = Buffer.from(Array.from({ length: 100 }, () => Math.random().toString(36)).join('\n'));
      return { eventId: newId('event'), attempt: 1, chunks: [{ seq: 1, channel: 'stdout', at, body }] };
    });
    const written = write(logs);
    const wanted = logs[200] as Log;
    expect(plain(await readLog(written, wanted))).toEqual(plain(wanted.chunks));
    const bytes = written.reads.reduce((sum, [, length]) => sum + length, 0);
    expect(bytes).toBeLessThan(written.size / 2);
    expect(written.reads).toHaveLength(3);
  });

  test('a log of many blocks is entered at the block that holds a chunk', async () => {
    const eventId = newId('event');
    const chunks = Array.from({ length: 40 }, (_, i): StoredChunk => {
      const body = Buffer.from(Array.from({ length: 3_000 }, () => Math.random().toString(36)).join('\n'));
      return { seq: i + 1, channel: 'stdout', at: new Date(at.getTime() + i), body };
    });
    const written = write([{ eventId, attempt: 1, chunks }]);
    const [part] = written.parts;
    expect(part?.blocks.length).toBeGreaterThan(3);
    for (const [i, [from, length, firstSeq]] of (part?.blocks ?? []).entries()) {
      const found = chunksOf(decompress(await written.read(from, length)), eventId, 1);
      expect(found[0]?.seq).toBe(firstSeq);
      expect((part?.blocks[i + 1]?.[2] ?? 41) - 1).toBe(found.at(-1)?.seq);
    }
    expect(part).toMatchObject({ seq: [1, 40], at: [at.getTime(), at.getTime() + 39] });
  });

  test('any changed byte is found, in the whole and where a range is read', async () => {
    const log: Log = {
      eventId: newId('event'),
      attempt: 1,
      chunks: [{ seq: 1, channel: 'stderr', at, body: Buffer.from('one\ntwo\n') }],
    };
    const written = write([log]);
    await fc.assert(
      fc.asyncProperty(fc.nat(written.size - 1), fc.integer({ min: 1, max: 255 }), async (place, change) => {
        const object = Buffer.from(written.object);
        object[place] = (object[place] ?? 0) ^ change;
        expect(sha256Of(object).equals(written.sha256)).toBe(false);
        const read = async (from: number, length: number) => object.subarray(from, from + length);
        const found = await readLog({ ...written, object, read }, log).catch((error: Error) => error.name);
        if (typeof found !== 'string') expect([[], plain(log.chunks)]).toContainEqual(plain(found));
        else expect(found).toBe('ArchiveDamaged');
      }),
    );
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['zeros', Buffer.alloc(100)],
    ['text', Buffer.from('x'.repeat(1_000))],
  ])('%s is refused as damaged', async (_what, object) => {
    const read = async (from: number, length: number) => object.subarray(from, from + length);
    await expect(readIndex(read, object.length)).rejects.toMatchObject({ name: 'ArchiveDamaged' });
  });

  test('an object that was cut short is refused', async () => {
    const { object, read } = write([
      { eventId: newId('event'), attempt: 1, chunks: [{ seq: 1, channel: 'stdout', at, body: Buffer.from('one') }] },
    ]);
    for (let size = 0; size < object.length; size++)
      await expect(readIndex(read, size)).rejects.toMatchObject({ name: 'ArchiveDamaged' });
  });

  test('Node reads it frame by frame as lines of JSON, each chunk with its text', () => {
    const eventId = newId('event');
    const { parts, object } = write([
      { eventId, attempt: 2, chunks: [{ seq: 7, channel: 'stdout', at, body: Buffer.from('größe\n') }] },
    ]);
    const [from = 0, length = 0] = parts[0]?.blocks[0] ?? [];
    expect(JSON.parse(String(decompress(object.subarray(0, from))))).toEqual({
      format: 'nexomatic-log-archive',
      version: 1,
      tenant: head.tenant,
      kind: 'output',
      writtenAt: '2023-11-14T22:13:20.000Z',
    });
    expect(JSON.parse(String(decompress(object.subarray(from, from + length))))).toEqual({
      event: eventId,
      attempt: 2,
      seq: 7,
      channel: 'stdout',
      at: 1_700_000_000_000,
      text: 'größe\n',
    });
  });
});
