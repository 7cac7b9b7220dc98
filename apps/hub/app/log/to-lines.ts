import type { LogEntry } from '@nexomatic/contracts/log-api';
import { type AnsiSpan, type AnsiStyle, parseAnsiLine, plainStyle } from './ansi.ts';

/** One line of the log as it is shown: numbered, coloured, cut where it would be unreadably long. */
export interface LogLine {
  /** Counts from 1 over all channels, so that a link to a line stays right whatever is switched off. */
  number: number;
  at: string;
  channel: LogEntry['channel'];
  level: LogEntry['level'];
  spans: AnsiSpan[];
  /** Whether an entry begins here; a traceback is one entry of many lines. */
  first: boolean;
  /** Only the first line of a record carries its fields. */
  fields: LogEntry['fields'];
}

export interface LineReader {
  lines: LogLine[];
  /** Colours that a stream has left on. */
  styles: Partial<Record<LogEntry['channel'], AnsiStyle>>;
}

export const emptyLog: LineReader = { lines: [], styles: {} };

/** Adds entries to what was read before; the lines that were there stay the same objects. */
export function addEntries(before: LineReader, entries: readonly LogEntry[]): LineReader {
  if (entries.length === 0) return before;
  const lines = [...before.lines];
  const styles = { ...before.styles };
  for (const entry of entries) {
    const texts = withoutLastBreak(entry.text).split('\n');
    for (const [index, text] of texts.entries()) {
      const { spans, style } = parseAnsiLine(text, styles[entry.channel] ?? plainStyle);
      // Structured records stand for themselves: a colour left on in one doesn't run into the next.
      if (entry.channel !== 'record') styles[entry.channel] = style;
      const first = index === 0;
      const fields = first && entry.fields && Object.keys(entry.fields).length > 0 ? entry.fields : null;
      lines.push({
        number: lines.length + 1,
        at: entry.at,
        channel: entry.channel,
        level: entry.level,
        spans,
        first,
        fields,
      });
    }
  }
  return { lines, styles };
}

const withoutLastBreak = (text: string): string => (text.endsWith('\n') ? text.slice(0, -1) : text);

export const lineText = (line: LogLine): string => line.spans.map((span) => span.text).join('');

/** Where to look first. What goes to stderr isn't always an error, so only records say it. */
export const isError = (line: LogLine): boolean => line.first && line.level === 'error';
