import type { LogEntry, LogKind } from '@nexomatic/contracts/log-api';
import { instantMs } from '../time/format-time.ts';
import { type AnsiSpan, type AnsiStyle, parseAnsiLine, plainStyle } from './ansi.ts';
import { type GroupMark, groupMarkOf } from './group-mark.ts';

/** One line of the log as it is shown: numbered and coloured. A record is one line, whatever its message holds. */
export interface LogLine {
  number: number;
  at: number;
  kind: LogKind;
  spans: AnsiSpan[];
  /** The colours that its stream has left on. */
  style: AnsiStyle;
  fields: Record<string, unknown> | null;
  /** Bytes that the hub left out of its end. */
  cut: number;
  /** What it says about groups of lines. */
  mark: GroupMark | null;
  /** No line of the module: words about its log, or about lines that are not there. */
  note: 'lost' | 'words' | null;
  /** Part of it was lost. */
  partial: boolean;
}

const kindOf = ({ channel, level }: LogEntry): LogKind => (channel === 'record' ? (level ?? 'info') : channel);

/** `before`: the colours that the line before it in the same stream has left on. */
export function toLine(entry: LogEntry, before: AnsiStyle): LogLine {
  const record = entry.channel === 'record';
  // Structured records stand for themselves: a colour left on in one doesn't run into the next.
  const { spans, style } = parseLines(entry.text, record ? plainStyle : before);
  return {
    number: entry.line,
    at: instantMs(entry.at),
    kind: kindOf(entry),
    spans,
    style: record ? plainStyle : style,
    fields: entry.fields && Object.keys(entry.fields).length > 0 ? entry.fields : null,
    cut: entry.cut ?? 0,
    mark: record ? null : groupMarkOf(spans),
    note: entry.mark ?? null,
    partial: entry.partial === true,
  };
}

function parseLines(text: string, start: AnsiStyle): { spans: AnsiSpan[]; style: AnsiStyle } {
  if (start === plainStyle && !special.test(text)) return { spans: [{ text, className: '' }], style: plainStyle };
  const spans: AnsiSpan[] = [];
  let style = start;
  for (const [index, line] of text.split('\n').entries()) {
    const parsed = parseAnsiLine(line, style);
    if (index > 0) spans.push({ text: '\n', className: '' });
    spans.push(...parsed.spans);
    style = parsed.style;
  }
  return { spans, style: isPlain(style) ? plainStyle : style };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: most lines have none of them, and need no parsing
const special = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/;

const isPlain = (style: AnsiStyle): boolean =>
  Object.entries(style).every(([key, value]) => value === plainStyle[key as keyof AnsiStyle]);

/** Its text as it is seen, without colours. */
export const textOf = (line: LogLine): string => line.spans.map((span) => span.text).join('');
