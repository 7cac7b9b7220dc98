import { describe, expect, it } from 'vitest';
import { Chunker, chunkBytes, type NumberedChunk } from './chunker.ts';

const everything = Number.POSITIVE_INFINITY;
const text = ({ seq, channel, bytes }: NumberedChunk): string => `${seq} ${channel} ${Buffer.from(bytes).toString()}`;

function written(...writes: [channel: 'record' | 'stdout' | 'stderr', text: string][]): Chunker {
  const chunker = new Chunker();
  for (const [channel, content] of writes) chunker.write(channel, Buffer.from(content), 1);
  return chunker;
}

describe('chunks of a log', () => {
  it('are numbered from 1 over all channels, in the order of writing', () => {
    const chunker = written(['stdout', 'a\n'], ['stderr', 'b\n'], ['stdout', 'c\n'], ['record', '{}\n']);
    expect(chunker.take(everything, false).map(text)).toEqual([
      '1 stdout a\n',
      '2 stderr b\n',
      '3 stdout c\n',
      '4 record {}\n',
    ]);
    chunker.write('stdout', Buffer.from('d\n'), 1);
    expect(chunker.take(everything, false).map(text)).toEqual(['5 stdout d\n']);
    expect(chunker.lastSeq).toBe(5);
  });

  it('join what is written to one channel, and carry the time of its first byte', () => {
    const chunker = new Chunker();
    chunker.write('stdout', Buffer.from('a\n'), 10);
    chunker.write('stdout', Buffer.from('b\n'), 20);
    expect(chunker.take(everything, false)).toEqual([
      { seq: 1, channel: 'stdout', at: 10, bytes: Buffer.from('a\nb\n'), linesBefore: 0, continues: 0 },
    ]);
  });

  it('say how many lines come before them, and which chunk their first line was begun in', () => {
    const chunker = written(['stdout', 'a\nb\nbegin '], ['stderr', 'x\n'], ['stdout', 'end\n'], ['stderr', 'y']);
    const places = chunker
      .take(everything, true)
      .map(({ seq, linesBefore, continues }) => [seq, linesBefore, continues]);
    expect(places).toEqual([
      [1, 0, 0],
      [2, 2, 0],
      [3, 3, 1],
      [4, 4, 0],
    ]);
    expect(chunker.lines).toBe(4);
  });

  it('count what was dropped, and nothing is put together across it', () => {
    const chunker = written(['stdout', 'a\nbegin ']);
    const dropped = { bytes: 20, lines: 29, ended: new Map([['stdout' as const, false]]) };
    chunker.mark(Buffer.from('{}\n'), 1, { why: 'it was full', dropped });
    chunker.write('stdout', Buffer.from('end\n'), 1);
    expect(chunker.take(everything, false)).toMatchObject([
      { seq: 1, bytes: Buffer.from('a\nbegin '), linesBefore: 0, continues: 0 },
      { seq: 2, channel: 'record', linesBefore: 1, lost: { lines: 29, why: 'it was full' } },
      { seq: 3, bytes: Buffer.from('end\n'), linesBefore: 30, continues: 2 },
    ]);
  });

  it('hold an unfinished line back once, so that it can be completed', () => {
    const chunker = written(['stdout', 'a\nbeg']);
    expect(chunker.take(everything, false).map(text)).toEqual(['1 stdout a\n']);
    expect(chunker.size).toBe(3);
    chunker.write('stdout', Buffer.from('in\n'), 1);
    expect(chunker.take(everything, false).map(text)).toEqual(['2 stdout begin\n']);
  });

  it('do not hold back an unfinished line for ever: a prompt without a line end is sent', () => {
    const chunker = written(['stdout', 'a\nname? ']);
    chunker.take(everything, false);
    expect(chunker.take(everything, false).map(text)).toEqual(['2 stdout name? ']);
    expect(chunker.size).toBe(0);
  });

  it('do not hold back a line that was followed by another channel and went on after it', () => {
    const chunker = written(['stdout', 'begin '], ['stderr', 'x\n'], ['stdout', 'end\n']);
    expect(chunker.take(everything, false).map(text)).toEqual(['1 stdout begin ', '2 stderr x\n', '3 stdout end\n']);
  });

  it('take everything at the end', () => {
    const chunker = written(['stdout', 'a\nbeg'], ['stderr', 'e']);
    expect(chunker.take(everything, true).map(text)).toEqual(['1 stdout a\nbeg', '2 stderr e']);
  });

  it('are no larger than 64 KiB and end with a line where they can', () => {
    const line = `${'x'.repeat(999)}\n`;
    const chunker = written(['stdout', line.repeat(100)]);
    const chunks = chunker.take(everything, true);
    expect(chunks.map(({ bytes }) => bytes.length)).toEqual([65_000, 35_000]);
  });

  it('never cut a character in two', () => {
    const chunker = written(['stdout', 'é'.repeat(chunkBytes)]);
    chunker.write('stdout', Buffer.from('é').subarray(0, 1), 1);
    const chunks = chunker.take(everything, false);
    for (const { bytes } of chunks) expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).not.toThrow();
    expect(chunker.size).toBe(1);
  });

  it('give bytes that are no UTF-8 at all unchanged', () => {
    const bytes = Buffer.from([0x80, 0xbf, 0xff, 0xfe, 0xc3]);
    const chunker = new Chunker();
    chunker.write('stderr', bytes, 1);
    const chunks = [...chunker.take(everything, false), ...chunker.take(everything, true)];
    expect(Buffer.concat(chunks.map((chunk) => chunk.bytes))).toEqual(bytes);
  });

  it('never cut a record, however long', () => {
    const record = `${JSON.stringify({ message: 'x'.repeat(3 * chunkBytes) })}\n`;
    const chunker = written(['record', '{}\n'], ['record', record], ['record', '{}\n']);
    expect(chunker.take(everything, true).map(({ bytes }) => bytes.length)).toEqual([3, record.length, 3]);
  });

  it('are taken about as many bytes at a time as asked for, the rest later and in order', () => {
    const chunker = written(['stdout', 'aaaa\n'], ['stderr', 'bbbb\n'], ['stdout', 'cccc\n']);
    expect(chunker.take(6, false).map(text)).toEqual(['1 stdout aaaa\n', '2 stderr bbbb\n']);
    expect(chunker.size).toBe(5);
    expect(chunker.take(6, false).map(text)).toEqual(['3 stdout cccc\n']);
  });

  it('stay few when output changes channel thousands of times', () => {
    const chunker = new Chunker();
    for (let line = 0; line < 10_000; line += 1)
      chunker.write(line % 2 ? 'stdout' : 'stderr', Buffer.from(`${line}\n`), 1);
    const chunks = chunker.take(everything, true);
    expect(chunks.length).toBeLessThan(40);
    const stdout = chunks
      .filter(({ channel }) => channel === 'stdout')
      .map(({ bytes }) => Buffer.from(bytes).toString());
    expect(stdout.join('')).toBe(Array.from({ length: 5_000 }, (_, index) => `${2 * index + 1}\n`).join(''));
  });
});
