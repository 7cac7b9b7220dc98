import type { Clock } from '@nexomatic/clock';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import {
  type FindInLog,
  type FoundInLog,
  type LogEntry,
  type LogKind,
  maxLogLines,
} from '@nexomatic/contracts/log-api';
import { lineText } from '@nexomatic/contracts/log-line-text';
import { RE2JS } from 're2js';
import { lastLine } from './log-entry.ts';
import { openLogIndex } from './log-index.ts';
import { requireLogState } from './read-log.ts';
import { type LogDeps, storedLog } from './stored-log.ts';

/** One answer looks at lines for so long; its reader asks on from where it ended. */
const maxSearchMs = 250;
const chunksAtOnce = 4;

/** The lines of an attempt's log that hold a text, however long the log is. */
export async function findInLog(
  { clock, ...deps }: LogDeps & { clock: Clock },
  tenantId: Id<'tenant'>,
  { id, attempt, from, limit, entries: wanted, ...asked }: FindInLog,
): Promise<FoundInLog> {
  const matches = matcherOf(asked);
  const state = await requireLogState(deps, tenantId, id, attempt);
  const index = await openLogIndex(storedLog(deps, tenantId, id, state.attempt), state);
  const until = clock.now() + maxSearchMs;
  const most = wanted ? Math.min(limit, maxLogLines) : limit;
  const found: LogEntry[] = [];

  async function search(): Promise<number | null> {
    for await (const piece of index.from(from, chunksAtOnce)) {
      for (const entry of piece) {
        if (entry.line < from || !matches(entry)) continue;
        found.push(entry);
        if (found.length === most) return lastLine(entry) < index.total ? lastLine(entry) + 1 : null;
      }
      const ended = piece.at(-1);
      const last = ended ? lastLine(ended) : 0;
      if (clock.now() > until && last < index.total) return last + 1;
    }
    return null;
  }

  const next = await search();
  return {
    attempt: state.attempt,
    total: index.total,
    complete: state.finishedAt !== null,
    lines: found.map(({ line }) => line),
    entries: wanted ? found : [],
    next,
  };
}

type Asked = Pick<FindInLog, 'text' | 'regex' | 'case' | 'kinds'>;

function matcherOf({ kinds, ...asked }: Asked): (entry: LogEntry) => boolean {
  const has = textMatcherOf(asked);
  const kindsWanted = kinds && new Set<LogKind>(kinds);
  return (entry) => (!kindsWanted || kindsWanted.has(kindOf(entry))) && has(entry);
}

const kindOf = ({ channel, level }: LogEntry): LogKind => (channel === 'record' ? (level ?? 'info') : channel);

function textMatcherOf({ text, regex, case: exact }: Omit<Asked, 'kinds'>): (entry: LogEntry) => boolean {
  if (text === '') return () => true;
  if (regex) {
    const expression = compile(text, exact ? 0 : RE2JS.CASE_INSENSITIVE);
    return (entry) => expression.test(lineText(entry));
  }
  if (exact) return (entry) => lineText(entry).includes(text);
  const lower = text.toLowerCase();
  return (entry) => lineText(entry).toLowerCase().includes(lower);
}

/** RE2 takes time in proportion to the text whatever the expression is; the engine's own may take for ever (`^(a+)+$`). */
function compile(text: string, flags: number): RE2JS {
  try {
    return RE2JS.compile(text, flags);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new NexomaticError('bad_request', 'The regular expression can not be read.', {
      errors: [{ path: 'text', message: reason }],
    });
  }
}
