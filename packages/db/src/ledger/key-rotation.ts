import type { Id } from '@nexomatic/contracts/id';
import type { SqlRunner } from '../sql.ts';
import { bytes, idOf } from './rows.ts';

/** What one key has closed, wherever it is kept: found when another key is to take over. Every tenant at once. */

interface Wrapped {
  tenantId: Id<'tenant'>;
  wrapped: Uint8Array;
}

/** Something that the root keyring has wrapped. */
export type WrappedRow = Wrapped &
  (
    | { table: 'tenant_keys'; id: Id<'tenantKey'> }
    | { table: 'source_secrets'; id: Id<'sourceSecret'>; sourceId: Id<'source'> }
  );

const columns = { tenant_keys: 'private_key', source_secrets: 'wrapped' } as const;

/** Rows that another root key than this one has wrapped, or nobody knows which. */
export async function findWrappedByOthers(sql: SqlRunner, fingerprint: string, limit: number): Promise<WrappedRow[]> {
  const keys = await sql.query<{ tenant_id: Uint8Array; id: Uint8Array; private_key: Uint8Array }>(
    'SELECT tenant_id, id, private_key FROM tenant_keys WHERE root_fingerprint <> ? ORDER BY id LIMIT ?',
    [fingerprint, limit],
  );
  const secrets = await sql.query<{
    tenant_id: Uint8Array;
    id: Uint8Array;
    source_id: Uint8Array;
    wrapped: Uint8Array;
  }>(
    `SELECT tenant_id, id, source_id, wrapped FROM source_secrets
     WHERE (root_fingerprint IS NULL OR root_fingerprint <> ?) AND wrapped <> '' ORDER BY id LIMIT ?`,
    [fingerprint, limit],
  );
  return [
    ...keys.map((row) => ({
      table: 'tenant_keys' as const,
      tenantId: idOf('tenant', row.tenant_id),
      id: idOf('tenantKey', row.id),
      wrapped: row.private_key,
    })),
    ...secrets.map((row) => ({
      table: 'source_secrets' as const,
      tenantId: idOf('tenant', row.tenant_id),
      id: idOf('sourceSecret', row.id),
      sourceId: idOf('source', row.source_id),
      wrapped: row.wrapped,
    })),
  ];
}

/** Puts the same value, wrapped by another key, in its place; not if somebody changed the row meanwhile. */
export async function replaceWrapped(
  sql: SqlRunner,
  { table, tenantId, id, wrapped }: WrappedRow,
  next: { wrapped: Uint8Array; fingerprint: string },
): Promise<void> {
  const column = columns[table];
  await sql.run(
    `UPDATE ${table} SET ${column} = ?, root_fingerprint = ? WHERE tenant_id = ? AND id = ? AND ${column} = ?`,
    [next.wrapped, next.fingerprint, bytes(tenantId), bytes(id), wrapped],
  );
}

/** How many rows each root key has wrapped, by its fingerprint. Rows of which nobody knows it are not among them. */
export async function countByRootKey(sql: SqlRunner): Promise<Map<string, number>> {
  const rows = await sql.query<{ root_fingerprint: string; n: number }>(
    `SELECT root_fingerprint, COUNT(*) AS n FROM (
       SELECT root_fingerprint FROM tenant_keys
       UNION ALL
       SELECT root_fingerprint FROM source_secrets WHERE root_fingerprint IS NOT NULL AND wrapped <> ''
     ) AS wrapped GROUP BY root_fingerprint`,
  );
  return new Map(rows.map(({ root_fingerprint: fingerprint, n }) => [fingerprint, n]));
}

/** A value of a secret that is sealed to a key which its tenant has retired. */
export interface StaleValue {
  tenantId: Id<'tenant'>;
  secretId: Id<'secret'>;
  name: string;
  version: number;
  keyId: Id<'tenantKey'>;
  box: Uint8Array;
}

export async function findStaleValues(sql: SqlRunner, limit: number): Promise<StaleValue[]> {
  const rows = await sql.query<{
    tenant_id: Uint8Array;
    secret_id: Uint8Array;
    name: string;
    version: number;
    key_id: Uint8Array;
    box: Uint8Array;
  }>(
    `SELECT v.tenant_id, v.secret_id, s.name, v.version, v.key_id, v.box
     FROM tenant_keys k
       JOIN secret_values v ON v.tenant_id = k.tenant_id AND v.key_id = k.id
       JOIN secrets s ON s.tenant_id = v.tenant_id AND s.id = v.secret_id
     WHERE k.retired_at IS NOT NULL LIMIT ?`,
    [limit],
  );
  return rows.map((row) => ({
    tenantId: idOf('tenant', row.tenant_id),
    secretId: idOf('secret', row.secret_id),
    name: row.name,
    version: row.version,
    keyId: idOf('tenantKey', row.key_id),
    box: row.box,
  }));
}

/** Puts the same value, sealed to another key, in its place; not if it was sealed anew, or wiped, meanwhile. */
export async function replaceSealed(
  sql: SqlRunner,
  { tenantId, secretId, version, keyId }: StaleValue,
  next: { keyId: Id<'tenantKey'>; box: Uint8Array },
): Promise<void> {
  await sql.run(
    `UPDATE secret_values SET key_id = ?, box = ?
     WHERE tenant_id = ? AND secret_id = ? AND version = ? AND key_id = ?`,
    [bytes(next.keyId), next.box, bytes(tenantId), bytes(secretId), version, bytes(keyId)],
  );
}

/** How many values are sealed to each key of a tenant. */
export async function countByTenantKey(sql: SqlRunner, tenantId: Id<'tenant'>): Promise<Map<string, number>> {
  const rows = await sql.query<{ key_id: Uint8Array; n: number }>(
    'SELECT key_id, COUNT(*) AS n FROM secret_values WHERE tenant_id = ? AND key_id IS NOT NULL GROUP BY key_id',
    [bytes(tenantId)],
  );
  return new Map(rows.map(({ key_id: key, n }) => [idOf('tenantKey', key), n]));
}

/**
 * Deletes keys that were retired before then and that nothing is sealed to; the table's reference refuses any other. Mostly there
 * are none, and then nothing is locked.
 */
export async function deleteUnusedTenantKeys(sql: SqlRunner, retiredBefore: Date): Promise<number> {
  const rows = await sql.query<{ tenant_id: Uint8Array; id: Uint8Array }>(
    `SELECT k.tenant_id, k.id FROM tenant_keys k WHERE k.retired_at < ? AND NOT EXISTS (
       SELECT 1 FROM secret_values v WHERE v.tenant_id = k.tenant_id AND v.key_id = k.id
     )`,
    [retiredBefore],
  );
  for (const row of rows)
    await sql.run('DELETE FROM tenant_keys WHERE tenant_id = ? AND id = ?', [row.tenant_id, row.id]);
  return rows.length;
}
