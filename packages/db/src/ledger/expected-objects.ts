import type { Id } from '@nexomatic/contracts/id';
import type { LogArchiveState } from '../entities/log-archive.ts';
import type { SqlRunner } from '../sql.ts';
import type { ArchiveKind } from './log-archives.ts';
import { bytes, idOf } from './rows.ts';

/** An object that is to be in the store, and what it is to be like. */
export interface ExpectedObject {
  id: Id<'logArchive'>;
  kind: ArchiveKind;
  /** Whether logs are read from it: otherwise it may be there or not. */
  isRead: boolean;
  size: number;
  logs: number;
  sha256: Buffer | null;
}

/** Every object of a tenant that a row names, behind `after`, in the order of their ids. */
export async function expectedObjects(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  { after, limit }: { after?: Id<'logArchive'> | undefined; limit: number },
): Promise<ExpectedObject[]> {
  const rows = await sql.query<ExpectedColumns>(
    `SELECT ${expectedColumns} FROM log_archives WHERE tenant_id = ? AND id > ? ORDER BY id LIMIT ?`,
    [bytes(tenantId), after ? bytes(after) : Buffer.alloc(16), limit],
  );
  return rows.map(toExpected);
}

/** The same of one; null: no row names it. */
export async function expectedObject(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  id: Id<'logArchive'>,
): Promise<ExpectedObject | null> {
  const [row] = await sql.query<ExpectedColumns>(
    `SELECT ${expectedColumns} FROM log_archives WHERE tenant_id = ? AND id = ?`,
    [bytes(tenantId), bytes(id)],
  );
  return row ? toExpected(row) : null;
}

interface ExpectedColumns extends Pick<ExpectedObject, 'kind' | 'size' | 'logs' | 'sha256'> {
  id: Buffer;
  state: LogArchiveState;
}

const expectedColumns = 'id, kind, state, size, logs, sha256';

const toExpected = ({ id, state, ...row }: ExpectedColumns): ExpectedObject => ({
  ...row,
  id: idOf('logArchive', id),
  isRead: state !== 'writing' && state !== 'deleting',
});
