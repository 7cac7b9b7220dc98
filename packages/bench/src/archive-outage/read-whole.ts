import { createHash } from 'node:crypto';
import type { Id } from '@nexomatic/contracts/id';
import type { LogEntry } from '@nexomatic/contracts/log-api';
import { microseconds } from '../measure/instant.ts';

export interface Reader {
  url: string;
  token: string;
}

/** A whole log as a program reads it. */
export interface WholeLog {
  entries: LogEntry[];
  archived: boolean;
  ms: number;
}

/** Why a log could not be read: the code of the hub's answer, or `no answer`. */
export class ReadRefused extends Error {
  override name = 'ReadRefused';
}

interface Page {
  entries: LogEntry[];
  lastSeq: number;
  complete: boolean;
  archived: boolean;
}

/** Reads a log of one attempt page by page. */
export async function readWhole({ url, token }: Reader, id: Id<'event'>): Promise<WholeLog> {
  const from = microseconds();
  const entries: LogEntry[] = [];
  let archived = false;
  for (let after = 0, complete = false; !complete; ) {
    const page = await get<Page>(`${url}/api/v1/events/${id}/logs?after=${after}`, token);
    entries.push(...page.entries);
    archived ||= page.archived;
    ({ lastSeq: after, complete } = page);
  }
  return { entries, archived, ms: (microseconds() - from) / 1_000 };
}

async function get<T>(address: string, token: string): Promise<T> {
  let answer: Response;
  let text: string;
  try {
    answer = await fetch(address, { headers: { authorization: `Bearer ${token}` } });
    text = await answer.text();
  } catch (cause) {
    throw new ReadRefused('no answer', { cause });
  }
  if (!answer.ok) throw new ReadRefused((JSON.parse(text) as { code: string }).code);
  return JSON.parse(text) as T;
}

/** Two logs with the same digest are the same to their readers: every line, its number, its channel, and what it says. */
export function digestOf({ entries }: WholeLog): string {
  const hash = createHash('sha256');
  for (const { seq, line, at, channel, level, text, fields } of entries)
    hash.update(`${JSON.stringify([seq, line, at, channel, level, text, fields])}\n`);
  return hash.digest('hex');
}
