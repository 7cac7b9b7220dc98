import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import type { ListOccurrences } from '@nexomatic/contracts/schedule-run-api';
import type { Database } from '@nexomatic/db/database';
import { pageOccurrences } from '@nexomatic/db/ledger/schedule-occurrences';
import type { Sql } from '@nexomatic/db/sql';
import { findSchedule } from './read-schedules.ts';
import { showOccurrence } from './show-occurrence.ts';

/** A page of what became of the runs of a schedule, the latest planned one first. */
export async function listOccurrences(
  { db, sql }: { db: Database; sql: Sql },
  tenantId: Id<'tenant'>,
  { id, status, limit, cursor }: ListOccurrences,
) {
  await findSchedule(db.tenantEm(tenantId), id);
  const before = cursor === undefined ? null : fromCursor(cursor);
  const rows = await pageOccurrences(sql, tenantId, id, { status: status ?? null, before, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    occurrences: page.map(showOccurrence),
    nextCursor: last && rows.length > limit ? toCursor(last.dueAt) : null,
  };
}

const toCursor = (dueAt: Date): string => Buffer.from(`3 ${dueAt.getTime()}`).toString('base64url');

function fromCursor(cursor: string): Date {
  const [, ms] = /^3 (\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  const dueAt = new Date(Number(ms));
  if (ms === undefined || toCursor(dueAt) !== cursor) {
    const errors = [{ path: 'cursor', message: 'not a cursor of this list; leave it out to begin at the latest run' }];
    throw new NexomaticError('bad_request', 'The cursor does not fit.', { errors });
  }
  return dueAt;
}
