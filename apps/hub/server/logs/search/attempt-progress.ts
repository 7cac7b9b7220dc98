import type { LogChannel } from '@nexomatic/contracts/sink-protocol';
import type { Database } from '@nexomatic/db/database';
import { countLogRecords, type LogContext, type NewLogRecord } from '@nexomatic/db/ledger/log-records';
import { hotChunks, openBefore } from '../chunk-source.ts';
import type { StoredChunk } from '../stored-chunk.ts';
import { type BegunLine, linesOf } from './begun-lines.ts';
import { maxOutputOfAttempt, maxRecordsOfAttempt, type TenantBudget } from './index-limits.ts';
import { toRecord } from './to-record.ts';

/** How far the log of an attempt has been read. */
export interface Progress {
  context: LogContext;
  /** The last chunk that was read. */
  seq: number;
  open: Map<LogChannel, BegunLine>;
  records: number;
  output: number;
  /** The log says already that the rest of it can not be searched. */
  marked: boolean;
}

/** An attempt of whose log nothing has been read. */
export const begin = (context: LogContext): Progress => ({
  context,
  seq: 0,
  open: new Map(),
  records: 0,
  output: 0,
  marked: false,
});

/** Of an attempt whose log was read elsewhere, or is sent again: what is open in the chunks up to that one. */
export async function resume(db: Database, context: LogContext, seq: number): Promise<Progress> {
  const { tenantId, eventId, attempt } = context;
  const before = seq === 0 ? [] : await openBefore(hotChunks(db, tenantId, eventId, attempt), seq);
  const counts = await countLogRecords(db.sql, context);
  const progress: Progress = {
    ...begin(context),
    seq,
    records: counts.get('record') ?? 0,
    output: (counts.get('stdout') ?? 0) + (counts.get('stderr') ?? 0),
    marked: counts.has('marker'),
  };
  for (const chunk of before) keepOpen(progress, chunk, linesOf(chunk, progress.open.get(chunk.channel) ?? null));
  return progress;
}

function keepOpen({ open }: Progress, { channel }: StoredChunk, lines: BegunLine[]): void {
  const last = lines.at(-1);
  // Copied, so that its chunk's bytes can go.
  if (last && !last.ended) open.set(channel, { ...last, bytes: Buffer.from(last.bytes) });
  else if (last) open.delete(channel);
}

/** Reads the next chunk: what of its lines can be searched. */
export function read(progress: Progress, chunk: StoredChunk, budget: TenantBudget): NewLogRecord[] {
  const lines = linesOf(chunk, progress.open.get(chunk.channel) ?? null);
  keepOpen(progress, chunk, lines);
  progress.seq = chunk.seq;
  const isRecord = chunk.channel === 'record';
  const count = isRecord ? 'records' : 'output';
  const most = isRecord ? maxRecordsOfAttempt : maxOutputOfAttempt;
  const records: NewLogRecord[] = [];
  for (const line of lines) {
    if (progress.marked && progress[count] >= most) break;
    const record = toRecord(line);
    if (!record) continue;
    const full = progress[count] >= most;
    if (!full && budget.take(progress.context.tenantId, isRecord)) {
      progress[count] += 1;
      records.push(record);
    } else if (!progress.marked) {
      progress.marked = true;
      const why = full
        ? `${most.toLocaleString('en')} ${isRecord ? 'records' : 'lines of output'} of one attempt`
        : null;
      records.push(marker(record, why));
    }
  }
  return records;
}

/** Stands where the first line that can not be found would. */
const marker = ({ at, seq, line }: NewLogRecord, limit: string | null): NewLogRecord => ({
  at,
  seq,
  line,
  channel: 'marker',
  level: 'warn',
  text: limit
    ? `Search ends here: ${limit} are kept for it. The whole log stands on the event’s page.`
    : 'Lines are left out of the search from here: this tenant writes more than is kept for it. The whole log stands on the event’s page.',
  fields: null,
});
