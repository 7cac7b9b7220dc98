import type { LogEntry } from '@nexomatic/contracts/log-api';
import { logRecordSchema } from '@nexomatic/contracts/sink-protocol';
import type { Gap } from './log-spans.ts';
import type { StoredChunk } from './stored-chunk.ts';

export const lineFeed = 0x0a;
/** Gives U+FFFD for what isn't UTF-8, and keeps a byte order mark as the character that it is. */
export const lenientUtf8 = new TextDecoder('utf-8', { ignoreBOM: true });

export interface LinePlace {
  attempt: number;
  line: number;
  /** The chunk in which it ended. */
  chunk: StoredChunk;
}

/** A line of output. `at`: the time of its chunk as text, for those who make many. */
export function outputEntry({ attempt, line, chunk }: LinePlace, text: string, at = chunk.at.toISOString()): LogEntry {
  const { seq, channel } = chunk;
  const plain = text.endsWith('\r') ? text.slice(0, -1) : text;
  return { attempt, seq, line, at, channel, level: null, text: plain, fields: null };
}

/** A line as readers get it; `cut` bytes of its end were left out. */
export function entryOf(place: LinePlace, bytes: Uint8Array, cut: number): LogEntry {
  const output = outputEntry(place, lenientUtf8.decode(bytes));
  const plain: LogEntry = cut > 0 ? { ...output, cut } : output;
  if (place.chunk.channel !== 'record') return plain;
  const record = parseRecord(plain.text);
  // A record that can't be read is shown as it came rather than dropped.
  if (!record) return { ...plain, level: 'info' };
  const { level, message, fields } = record;
  return { ...plain, at: new Date(record.at).toISOString(), level, text: message, fields: fields ?? null };
}

type Numbered = Omit<LinePlace, 'chunk'>;

/** A line of the hub's own about chunks that are missing, where nobody knows how many lines they held. */
export function lostChunks(
  numbered: Numbered,
  { from, to }: Gap,
  at: Date,
  { forgotten = false, why }: { forgotten?: boolean; why?: string | undefined } = {},
): LogEntry {
  const [which, are] = chunkNumbers([{ from, to }]);
  const lost = why === undefined ? 'did not reach the hub' : `${are} lost: ${why}`;
  const what = forgotten ? `${are} no longer kept` : lost;
  return words(numbered, { seq: to, at }, `${which} of this log ${what}.`);
}

/** Stands in place of so many lines. */
export function lostLines(
  numbered: Numbered,
  count: number,
  where: Pick<StoredChunk, 'seq' | 'at'>,
  what: string,
): LogEntry {
  const { line } = numbered;
  const through = line + count - 1;
  const which = count === 1 ? `Line ${line}` : `Lines ${line}–${through}`;
  return { ...words(numbered, where, `${which} ${what}`), mark: 'lost', through };
}

/** The last line that an entry stands for. */
export const lastLine = ({ line, through }: LogEntry): number => through ?? line;

/** A record about the log, as whoever wrote it says it. */
export function markOf(place: LinePlace): LogEntry {
  const { body } = place.chunk;
  const end = body.at(-1) === lineFeed ? body.length - 1 : body.length;
  return { ...entryOf(place, body.subarray(0, end), 0), mark: 'words' };
}

/** The last line of a log of which chunks are missing in which no line ended. */
export function lostPart(numbered: Numbered, gaps: readonly Gap[], at: Date): LogEntry {
  const [which] = chunkNumbers(gaps);
  return words(
    numbered,
    { seq: gaps.at(-1)?.to ?? 0, at },
    `${which} of this log did not reach the hub: part of a line.`,
  );
}

/** The last line of an attempt whose sink was lost. */
export function lostEnd(numbered: Numbered, seq: number, at: Date): LogEntry {
  const { line } = numbered;
  const from = line === 1 ? 'All lines' : `Lines from ${line} on`;
  return words(numbered, { seq, at }, `${from} are lost, if there were any: the agent died or was cut off.`);
}

function chunkNumbers(gaps: readonly Pick<Gap, 'from' | 'to'>[]): [which: string, are: 'is' | 'are'] {
  const names = gaps.map(({ from, to }) => (from === to ? `${from}` : `${from} to ${to}`));
  const one = gaps.length === 1 && gaps[0]?.from === gaps[0]?.to;
  return one ? [`Chunk ${names[0]}`, 'is'] : [`Chunks ${names.join(', ')}`, 'are'];
}

/** What the hub says itself about a log. */
function words({ attempt, line }: Numbered, { seq, at }: Pick<StoredChunk, 'seq' | 'at'>, text: string): LogEntry {
  const said = { channel: 'record', level: 'warn', fields: null, mark: 'words' } as const;
  return { attempt, seq, line, at: at.toISOString(), text, ...said };
}

export function parseRecord(text: string) {
  try {
    const parsed = logRecordSchema.safeParse(JSON.parse(text));
    return parsed.success && Math.abs(parsed.data.at) <= maxTime ? parsed.data : null;
  } catch {
    // Not JSON: the caller shows the text itself.
    return null;
  }
}

/** Furthest that a `Date` reaches, in milliseconds either side of the epoch (ECMA-262). */
const maxTime = 8.64e15;
