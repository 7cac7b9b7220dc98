import { createHash } from 'node:crypto';
import { idToBytes } from '@nexomatic/contracts/id';
import type { Sql } from '@nexomatic/db/sql';

/**
 * A checksum over the tenant's rows of every table that has any, its people and their sessions included, so that two of them
 * say of a time between whether anything was written, and where.
 */
export async function rowsOfTenant(sql: Sql, tenantId: string): Promise<Record<string, string>> {
  const tables = await sql.query<{ name: string }>(
    `SELECT TABLE_NAME AS name FROM information_schema.COLUMNS
     WHERE TABLE_SCHEMA = DATABASE() AND COLUMN_NAME = 'tenant_id' ORDER BY 1`,
  );
  const people = 'SELECT user_id FROM memberships WHERE tenant_id = ?';
  const wheres = [
    ...tables.map(({ name }) => [name, 'tenant_id = ?']),
    ['tenants', 'id = ?'],
    ['users', `id IN (${people})`],
    ['sessions', `user_id IN (${people})`],
  ];
  const id = Buffer.from(idToBytes(tenantId));
  const sums = wheres.map(async ([table = '', where]) => {
    const rows = await sql.query(`SELECT * FROM ${table} WHERE ${where}`, [id]);
    const lines = rows.map((row) => JSON.stringify(row)).sort();
    return [table, `${lines.length} rows ${createHash('sha256').update(lines.join('\n')).digest('hex')}`] as const;
  });
  return Object.fromEntries(await Promise.all(sums));
}
