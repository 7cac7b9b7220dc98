import type { LogEntry } from '@nexomatic/contracts/event-api';
import type { LogChannel } from '@nexomatic/contracts/sink-protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLineReader, lostChunks, maxLineBytes, type StoredChunk } from './log-lines.ts';

const at = new Date(1_700_000_000_000);
const chunk = (seq: number, channel: LogChannel, body: string | Uint8Array): StoredChunk => ({
  seq,
  channel,
  at,
  body: typeof body === 'string' ? Buffer.from(body) : body,
});

function read(chunks: StoredChunk[]): LogEntry[] {
  const reader = createLineReader(1);
  return [...chunks.flatMap((one) => reader.push(one)), ...reader.flush()];
}

const texts = (chunks: StoredChunk[]) => read(chunks).map(({ text }) => text);

describe('lines of stdout and stderr', () => {
  test('end at a line feed, with or without a carriage return before it', () => {
    expect(texts([chunk(1, 'stdout', 'one\ntwo\r\n\nfour\n')])).toEqual(['one', 'two', '', 'four']);
  });

  test('carry the number and time of the chunk that ended them, and no level', () => {
    const [, entry] = read([chunk(1, 'stderr', 'one\ntw'), chunk(2, 'stderr', 'o\n')]);
    expect(entry).toEqual({
      attempt: 1,
      seq: 2,
      at: '2023-11-14T22:13:20.000Z',
      channel: 'stderr',
      level: null,
      text: 'two',
      fields: null,
    });
  });

  test('are put together across chunks although another channel stands between them', () => {
    expect(texts([chunk(1, 'stdout', 'a'), chunk(2, 'stderr', 'x\n'), chunk(3, 'stdout', 'b\n')])).toEqual(['x', 'ab']);
  });

  test('without an end wait until nothing more can come', () => {
    const reader = createLineReader(1);
    expect(reader.push(chunk(1, 'stdout', 'prompt: '))).toEqual([]);
    expect(reader.flush().map(({ text }) => text)).toEqual(['prompt: ']);
    expect(reader.flush()).toEqual([]);
  });

  test('keep a character whole whose bytes are split between chunks', () => {
    const bytes = Buffer.from('größe 😀\n');
    const singles = [...bytes].map((byte, i) => chunk(i + 1, 'stdout', Uint8Array.of(byte)));
    expect(texts(singles)).toEqual(['größe 😀']);
  });

  test('show U+FFFD for bytes that are not UTF-8', () => {
    expect(texts([chunk(1, 'stdout', Uint8Array.of(0x61, 0xff, 0x62, 0x0a))])).toEqual(['a\ufffdb']);
  });

  test('longer than the limit are cut at it', () => {
    const long = 'x'.repeat(maxLineBytes * 2 + 5);
    expect(texts([chunk(1, 'stdout', long.slice(0, 100_000)), chunk(2, 'stdout', `${long.slice(100_000)}\n`)])).toEqual(
      [long.slice(0, maxLineBytes), long.slice(0, maxLineBytes), 'xxxxx'],
    );
  });

  test('are the same however the bytes were cut into chunks', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'é', '😀', '\n', '\r\n', ' '), maxLength: 60 });
    fc.assert(
      fc.property(text, fc.array(fc.nat(), { maxLength: 8 }), (output, cuts) => {
        const bytes = Buffer.from(output);
        const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
        const pieces = places.slice(1).map((end, i) => chunk(i + 1, 'stdout', bytes.subarray(places[i], end)));
        expect(texts(pieces)).toEqual(texts([chunk(1, 'stdout', bytes)]));
      }),
    );
  });
});

describe('records', () => {
  test('become level, message, fields and their own time', () => {
    const line = JSON.stringify({ at: 1_700_000_001_500, level: 'warn', message: 'slow', fields: { ms: 12 } });
    expect(read([chunk(1, 'record', `${line}\n`)])).toEqual([
      {
        attempt: 1,
        seq: 1,
        at: '2023-11-14T22:13:21.500Z',
        channel: 'record',
        level: 'warn',
        text: 'slow',
        fields: { ms: 12 },
      },
    ]);
  });

  test.each(['not json', '{"level":"loud"}', '{"at":9e15,"level":"info","message":"far"}'])(
    'that can not be read (%s) are shown as they came',
    (line) => {
      expect(read([chunk(1, 'record', `${line}\n`)])).toMatchObject([{ level: 'info', text: line, fields: null }]);
    },
  );
});

test('a gap in the numbers is said in one line', () => {
  expect(lostChunks(2, 7, 7, at)).toMatchObject({
    attempt: 2,
    level: 'warn',
    text: 'Chunk 7 of this log did not reach the hub.',
  });
  expect(lostChunks(2, 7, 9, at).text).toBe('Chunks 7 to 9 of this log did not reach the hub.');
});
