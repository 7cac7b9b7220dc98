import type { Id } from '@nexomatic/contracts/id';
import { type LogEntry, type LogLines, maxLost, type ReadLines } from '@nexomatic/contracts/log-api';
import { lastLine } from './log-entry.ts';
import { type LogIndex, openLogIndex } from './log-index.ts';
import { logPosition } from './log-position.ts';
import { requireLogState } from './read-log.ts';
import { type LogDeps, storedLog } from './stored-log.ts';

/** Text of one answer, in characters; a page of long lines is cut short there. */
const maxText = 4 * 1024 * 1024;
/** Chunks that are read at once. */
const chunksAtOnce = 8;

/** Some lines of an attempt's log by number, and how many there are. */
export async function readLines(
  deps: LogDeps,
  tenantId: Id<'tenant'>,
  { id, attempt, errorAfter, limit, ...where }: ReadLines,
): Promise<LogLines> {
  const state = await requireLogState(deps, tenantId, id, attempt);
  const index = await openLogIndex(storedLog(deps, tenantId, id, state.attempt), state);
  const error = await index.errorAfter(errorAfter);
  const asked = where.around ?? (await placed(index, where.place)) ?? (where.at === 'error' ? error : null);
  return {
    attempt: state.attempt,
    total: index.total,
    error,
    asked,
    complete: state.finishedAt !== null,
    archived: state.archived,
    lost: index.lost.slice(0, maxLost),
    position: logPosition(state.attempt, index.lastSeq),
    entries: await linesOf(index, firstLine(where, { limit, total: index.total, asked }), limit),
  };
}

/** A line told by the chunk in which it begins, and the line feeds before it there. */
async function placed(index: LogIndex, place: string | undefined): Promise<number | null> {
  if (place === undefined) return null;
  const [seq, feeds] = place.split('.').map(Number);
  return index.lineBegunAt(seq ?? 0, feeds ?? 0);
}

type Where = Pick<ReadLines, 'at' | 'from' | 'to'>;

function firstLine(
  { at, from, to }: Where,
  { limit, total, asked }: { limit: number; total: number; asked: number | null },
): number {
  const last = Math.max(1, total - limit + 1);
  if (from !== undefined) return from;
  if (to !== undefined) return Math.max(1, to - limit + 1);
  if (asked !== null) return Math.max(1, Math.min(asked - (limit >> 1), last));
  return at === 'end' ? last : 1;
}

async function linesOf(index: LogIndex, first: number, limit: number): Promise<LogEntry[]> {
  const found: LogEntry[] = [];
  let text = 0;
  if (first > index.total) return found;
  for await (const entries of index.from(first, chunksAtOnce)) {
    for (const entry of entries) {
      if (lastLine(entry) < first) continue;
      if (entry.line >= first + limit || (text > maxText && found.length > 0)) return found;
      found.push(entry);
      text += entry.text.length;
    }
  }
  return found;
}
