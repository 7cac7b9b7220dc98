import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import type { LogsAround, NearLine } from '@nexomatic/contracts/log-search-api';
import type { LogChannel } from '@nexomatic/contracts/sink-protocol';
import { entryOf } from '../log-entry.ts';
import { requireLogState } from '../read-log.ts';
import { type LogDeps, storedLog } from '../stored-log.ts';
import { type BegunLine, linesOf } from './begun-lines.ts';

/** Lines before, and lines after the one that was asked for. */
const near = 20;
/** Chunks to either side in which they are looked for: a chunk mostly holds a line at least. */
const chunksNear = near + 4;

/** Where a line stands: `seq` and `line` as the search gives them. */
export interface LineAddress {
  event: Id<'event'>;
  attempt: number;
  seq: number;
  line: number;
}

/** The lines of a log around one of them, read from the log itself. */
export async function logsAround(
  deps: LogDeps,
  tenantId: Id<'tenant'>,
  { event, attempt, seq, line }: LineAddress,
): Promise<LogsAround> {
  const { archived } = await requireLogState(deps, tenantId, event, attempt);
  const log = storedLog(deps, tenantId, event, attempt);
  const from = Math.max(0, seq - chunksNear - 1);
  const open = new Map<LogChannel, BegunLine>();
  const lines = new Map<string, BegunLine>();
  const chunks = [...(from > 0 ? await log.openBefore(from) : []), ...(await log.after(from, 2 * chunksNear + 1))];
  for (const chunk of chunks) {
    const begun = linesOf(chunk, open.get(chunk.channel) ?? null);
    for (const one of begun) lines.set(`${one.seq} ${one.line}`, one);
    const last = begun.at(-1);
    if (last && !last.ended) open.set(chunk.channel, last);
    else open.delete(chunk.channel);
  }
  const ordered = [...lines.values()].sort((a, b) => a.seq - b.seq || a.line - b.line);
  const at = ordered.findIndex((one) => one.seq === seq && one.line === line);
  if (at < 0)
    throw new NexomaticError('not_found', `There is no line ${seq}.${line} in attempt ${attempt} of ${event}.`);
  return {
    lines: ordered.slice(Math.max(0, at - near), at + near + 1).map((one) => toNear(attempt, one, one === ordered[at])),
    archived,
  };
}

function toNear(attempt: number, { seq, line, at, channel, bytes }: BegunLine, here: boolean): NearLine {
  const entry = entryOf({ attempt, line, chunk: { seq, channel, at, body: bytes } }, bytes, 0);
  return { ...entry, here };
}
