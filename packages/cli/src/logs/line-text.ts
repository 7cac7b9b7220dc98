import type { LogEntry } from '@nexomatic/client/nexomatic';
import type { FoundRecord } from '@nexomatic/contracts/log-search-api';
import { plainText } from '@nexomatic/contracts/terminal-text';
import { type Colour, paint } from '../hub/paint.ts';

type Line = Pick<LogEntry, 'level' | 'text' | 'fields'> & { channel: FoundRecord['channel'] };

const colours: Partial<Record<string, Colour>> = { error: 'red', warn: 'yellow', debug: 'dim' };
const widest = 'stderr'.length;

/** What a line is: a record by its level, output by its stream. */
export const wordOf = ({ level, channel }: Pick<Line, 'level' | 'channel'>): string => {
  const word = level ?? channel;
  return paint(colours[word] ?? null, word.padEnd(widest));
};

/**
 * A line for a terminal: whatever would steer it is taken out, and what goes on in further lines stands indented, so that no
 * log can look like a line of this command.
 */
export function lineText({ text, fields }: Pick<Line, 'text' | 'fields'>): string {
  const more = Object.entries(fields ?? {}).map(([name, value]) => `${name}=${valueText(value)}`);
  const plain = plainText(text).replaceAll('\n', '\n    ');
  return more.length === 0 ? plain : `${plain} ${paint('dim', plainText(more.join(' ')).replaceAll('\n', ' '))}`;
}

const valueText = (value: unknown): string =>
  typeof value === 'string' && /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
