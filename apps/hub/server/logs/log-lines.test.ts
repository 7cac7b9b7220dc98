import type { LogEntry } from '@nexomatic/contracts/log-api';
import type { LogChannel } from '@nexomatic/contracts/sink-protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { measureChunk } from './chunk-body.ts';
import { outlineOf } from './chunk-source.ts';
import { lostChunks } from './log-entry.ts';
import { createLineReader, type LineReaderOptions, maxLineBytes } from './log-lines.ts';
import { spansOf } from './log-spans.ts';
import type { StoredChunk } from './stored-chunk.ts';

const at = new Date(1_700_000_000_000);
const chunk = (seq: number, channel: LogChannel, body: string | Uint8Array): StoredChunk => ({
  seq,
  channel,
  at,
  body: typeof body === 'string' ? Buffer.from(body) : body,
});

function read(chunks: StoredChunk[], options: Partial<LineReaderOptions> = {}): LogEntry[] {
  const reader = createLineReader({ attempt: 1, ...options });
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
      line: 2,
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
    const reader = createLineReader({ attempt: 1 });
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

describe('numbers of lines', () => {
  const output = fc.array(
    fc.record({
      channel: fc.constantFrom<LogChannel>('stdout', 'stderr'),
      body: fc.string({ unit: fc.constantFrom('a', 'é', '\n', '\r\n'), maxLength: 20 }),
    }),
    { maxLength: 12 },
  );
  const chunksOf = (pieces: { channel: LogChannel; body: string }[]) =>
    pieces.map(({ channel, body }, i) => chunk(i + 1, channel, body));

  test('count from 1 without a gap, whatever channels the lines are of and wherever chunks cut them', () => {
    fc.assert(
      fc.property(output, (pieces) => {
        const numbers = read(chunksOf(pieces)).map(({ line }) => line);
        expect(numbers).toEqual(numbers.map((_, i) => i + 1));
      }),
    );
  });

  test('are the same for a reader that begins in the middle, told only how many lines came before', () => {
    fc.assert(
      fc.property(output, fc.nat({ max: 12 }), (pieces, cut) => {
        const chunks = chunksOf(pieces);
        const whole = read(chunks);
        const before = chunks.slice(0, cut);
        const lines = before.reduce((sum, { channel, body }) => sum + measureChunk({ channel, body }).lines, 0);
        const reader = createLineReader({ attempt: 1 });
        reader.resume(before, spansOf(before.map(outlineOf), true));
        const rest = [...chunks.slice(cut).flatMap((one) => reader.push(one)), ...reader.flush()];
        expect(rest).toEqual(whole.slice(lines));
      }),
    );
  });

  test('are one for a record of many lines, and one for a line that is longer than the limit', () => {
    const record = JSON.stringify({ at: 1, level: 'error', message: 'Traceback\n  a\n  b' });
    const long = `${'x'.repeat(maxLineBytes + 7)}\n`;
    const entries = read([chunk(1, 'record', `${record}\n`), chunk(2, 'stdout', long), chunk(3, 'stderr', 'z\n')], {
      longLines: 'cut',
    });
    expect(entries.map(({ line, text, cut }) => [line, text.length, cut])).toEqual([
      [1, 17, undefined],
      [2, maxLineBytes, 7],
      [3, 1, undefined],
    ]);
  });
});

describe('records', () => {
  test('longer than a line of output may be are still read whole', () => {
    const line = JSON.stringify({ at: 1, level: 'info', message: 'm', fields: { text: 'x'.repeat(maxLineBytes) } });
    expect(read([chunk(1, 'record', `${line}\n`)])).toMatchObject([{ text: 'm', level: 'info' }]);
  });

  test('become level, message, fields and their own time', () => {
    const line = JSON.stringify({ at: 1_700_000_001_500, level: 'warn', message: 'slow', fields: { ms: 12 } });
    expect(read([chunk(1, 'record', `${line}\n`)])).toEqual([
      {
        attempt: 1,
        seq: 1,
        line: 1,
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

test('chunks that are missing are said in one line where nobody has counted what was in them', () => {
  const gap = { from: 7, to: 7, lines: null };
  expect(lostChunks({ attempt: 2, line: 4 }, gap, at)).toMatchObject({
    attempt: 2,
    line: 4,
    level: 'warn',
    mark: 'words',
    text: 'Chunk 7 of this log did not reach the hub.',
  });
  const text = 'Chunks 7 to 9 of this log did not reach the hub.';
  expect(lostChunks({ attempt: 2, line: 4 }, { ...gap, to: 9 }, at).text).toBe(text);
});
