import { createHash } from 'node:crypto';
import type { Id } from '@nexomatic/contracts/id';
import type { SqlLiteral, SqlTransaction, SqlValue } from '../sql.ts';
import { bytes, repeat } from './rows.ts';

/** What an event can be found by: a value at a path that its event type declares as a search key. */
export interface SearchValue {
  path: string;
  value: string;
  /** Set for numbers, as near as a double comes. */
  number: number | null;
}

/** Characters of a value that are kept and compared. */
export const maxSearchValue = 200;

/** What a path is stored as: 8 bytes instead of up to 200, twice per value. */
export const pathHash = (path: string): Buffer => createHash('sha256').update(path).digest().subarray(0, 8);

const literals = new Map<string, SqlLiteral>();

/** Paths come from definitions, so their literals are few and kept. */
function pathLiteral(path: string): SqlLiteral {
  const known = literals.get(path);
  if (known) return known;
  const text = `X'${pathHash(path).toString('hex')}'`;
  const literal = { toSqlString: () => text };
  if (literals.size >= 10_000) literals.clear();
  literals.set(path, literal);
  return literal;
}

/** Writes the values of new events; nothing at all for events without any. */
export function insertSearchValues(
  tx: SqlTransaction,
  events: { tenantId: Id<'tenant'>; id: Id<'event'>; searchValues?: SearchValue[] }[],
): void {
  const rows = events.flatMap(({ tenantId, id, searchValues = [] }) =>
    searchValues.map(({ path, value, number }): SqlValue[] => [
      bytes(tenantId),
      pathLiteral(path),
      bytes(id),
      value.slice(0, maxSearchValue).toWellFormed(),
      number,
    ]),
  );
  if (rows.length === 0) return;
  tx.defer(
    `INSERT INTO event_search_values (tenant_id, path_hash, event_id, value, number)
     VALUES ${repeat('(?,?,?,?,?)', rows.length)}`,
    rows.flat(),
  );
}
