import { plainText as terminalText } from '@nexomatic/contracts/terminal-text';
import { maxRecordFields, maxRecordText, type NewLogRecord } from '@nexomatic/db/ledger/log-records';
import { lenientUtf8, parseRecord } from '../log-entry.ts';
import type { BegunLine } from './begun-lines.ts';

/** A record's own time is taken only this near to when its chunk was begun: what is far off would never be found. */
const maxDriftMs = 24 * 3_600_000;

/** What of a line can be searched; null for one that says nothing, and for a record of which only a part has come. */
export function toRecord({ seq, line, at, channel, bytes, ended }: BegunLine): NewLogRecord | null {
  if (channel === 'record' && !ended) return null;
  const raw = lenientUtf8.decode(bytes);
  const record = channel === 'record' ? parseRecord(raw) : null;
  const text = plainText(record ? record.message : raw);
  if (text === '') return null;
  const level = record?.level ?? (channel === 'record' ? 'info' : null);
  const own = record && Math.abs(record.at - at.getTime()) <= maxDriftMs ? new Date(record.at) : at;
  return { at: own, seq, line, channel, level, text, fields: record?.fields ? fieldsText(record.fields) : null };
}

/** The first characters as they would be read: without colours and other signs to a terminal. */
function plainText(raw: string): string {
  const near = raw.length > 4 * maxRecordText ? raw.slice(0, 4 * maxRecordText) : raw;
  return terminalText(near).trim().slice(0, maxRecordText).toWellFormed();
}

const maxValueText = 200;
const maxPath = 100;
const maxDepth = 4;

/** One JSON object of as many fields as fit, dotted paths as keys: so that a text with key and value stands in it whole. */
function fieldsText(fields: Record<string, unknown>): string | null {
  const parts: string[] = [];
  let room = maxRecordFields - 2;
  for (const [path, value] of leaves(fields, '', 0)) {
    if (path.length > maxPath) continue;
    const part = `${JSON.stringify(path)}:${JSON.stringify(typeof value === 'string' ? clipped(value) : value)}`;
    if (part.length + 1 > room) continue;
    parts.push(part);
    room -= part.length + 1;
  }
  return parts.length > 0 ? `{${parts.join(',')}}` : null;
}

const clipped = (value: string): string => value.slice(0, maxValueText).toWellFormed();

function* leaves(value: object, prefix: string, depth: number): Generator<[string, string | number | boolean | null]> {
  for (const [key, inner] of Object.entries(value)) {
    const path = prefix + key.toWellFormed();
    if (typeof inner === 'string' || typeof inner === 'number' || typeof inner === 'boolean' || inner === null)
      yield [path, inner];
    else if (typeof inner === 'object' && depth < maxDepth) yield* leaves(inner, `${path}.`, depth + 1);
  }
}
