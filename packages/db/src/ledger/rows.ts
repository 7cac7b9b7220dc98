import { type Id, type IdKind, idFromBytes, idToBytes } from '@nexomatic/contracts/id';
import type { SqlLiteral, SqlValue } from '../sql.ts';

/**
 * Pieces of multi-row statements. The event path is written in SQL by hand, because one statement for a whole batch is
 * what makes it fast; this file keeps the counting of question marks in one place.
 */

/** `n` times `row`, separated by commas: the VALUES of a multi-row INSERT. */
export const repeat = (row: string, n: number): string => `${row},`.repeat(n).slice(0, -1);

/** Ids of tenants and definitions stand in nearly every row of a batch, so their literals are kept. */
const literals = new Map<string, SqlLiteral>();
const maxLiterals = 10_000;
const madeOnce = /^(?:evt|rcp|acv)_/;

/** The bytes of an id as a literal, or null. Bytes as such would be copied and escaped, some twenty times an event. */
export function bytes(id: string | null): SqlValue {
  if (id === null) return null;
  const known = literals.get(id);
  if (known) return known;
  const text = `X'${Buffer.from(idToBytes(id).buffer).toString('hex')}'`;
  const literal: SqlLiteral = { toSqlString: () => text };
  if (!madeOnce.test(id)) {
    if (literals.size >= maxLiterals) literals.clear();
    literals.set(id, literal);
  }
  return literal;
}

export const idOf = <K extends IdKind>(kind: K, column: Uint8Array): Id<K> => idFromBytes(kind, column);
export const idOrNull = <K extends IdKind>(kind: K, column: Uint8Array | null): Id<K> | null =>
  column === null ? null : idFromBytes(kind, column);

/**
 * A derived table of constants, `(SELECT ? AS a, ? AS b UNION ALL SELECT ?, ? …) alias`: how one UPDATE gives every
 * row its own values on both MySQL and MariaDB.
 */
export function constantTable(alias: string, columns: string[], rows: number): string {
  const first = `SELECT ${columns.map((column) => `? AS ${column}`).join(', ')}`;
  const next = ` UNION ALL SELECT ${repeat('?', columns.length)}`;
  return `(${first}${next.repeat(rows - 1)}) ${alias}`;
}

/** Items by tenant: every statement names its tenant, so a batch over several tenants is one statement for each. */
export function byTenant<T extends { tenantId: Id<'tenant'> }>(items: T[]): [Id<'tenant'>, T[]][] {
  const first = items[0];
  if (first && items.every((item) => item.tenantId === first.tenantId)) return [[first.tenantId, items]];
  return [...Map.groupBy(items, (item) => item.tenantId)];
}
