import type { Id } from '@nexomatic/contracts/id';
import type { SqlRunner } from '../sql.ts';
import { bytes, idOf } from './rows.ts';

/** A sink that has the present value of an end-to-end secret. */
export interface Holder {
  secretId: Id<'secret'>;
  sinkId: Id<'sink'>;
  sinkName: string;
  sinkTypeId: Id<'sinkType'>;
}

interface RawHolder {
  secret_id: Uint8Array;
  sink_id: Uint8Array;
  name: string;
  sink_type_id: Uint8Array;
}

const holderOf = (row: RawHolder): Holder => ({
  secretId: idOf('secret', row.secret_id),
  sinkId: idOf('sink', row.sink_id),
  sinkName: row.name,
  sinkTypeId: idOf('sinkType', row.sink_type_id),
});

/** Boxes of present values, each with its sink that still has the key which was approved. */
const held = `secret_boxes b
  JOIN secrets s ON s.tenant_id = b.tenant_id AND s.id = b.secret_id AND s.value_version = b.version
  JOIN sinks k ON k.tenant_id = b.tenant_id AND k.id = b.sink_id AND k.box_key = b.box_key AND k.sign_key IS NOT NULL`;

/** Who has the present values of these secrets, by name. */
export async function findHolders(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  secretIds: Id<'secret'>[],
): Promise<Holder[]> {
  if (secretIds.length === 0) return [];
  const rows = await sql.query<RawHolder>(
    `SELECT b.secret_id, b.sink_id, k.name, k.sink_type_id FROM ${held}
     WHERE b.tenant_id = ? AND b.secret_id IN (?) ORDER BY k.name`,
    [bytes(tenantId), secretIds.map(bytes)],
  );
  return rows.map(holderOf);
}

/** The same of these sinks alone, with what is sealed to them. */
export async function findHeldBoxes(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  secretIds: Id<'secret'>[],
  sinkIds: Id<'sink'>[],
): Promise<(Holder & { box: Uint8Array })[]> {
  if (secretIds.length === 0) return [];
  const rows = await sql.query<RawHolder & { box: Uint8Array }>(
    `SELECT b.secret_id, b.sink_id, k.name, k.sink_type_id, b.box FROM ${held}
     WHERE b.tenant_id = ? AND b.secret_id IN (?) AND b.sink_id IN (?)`,
    [bytes(tenantId), secretIds.map(bytes), sinkIds.map(bytes)],
  );
  return rows.map((row) => ({ ...holderOf(row), box: row.box }));
}

/** Somebody who was approved and has no box yet, by the key that is still theirs. */
const waiting = `w.version IS NULL AND EXISTS (
  SELECT 1 FROM sinks n WHERE n.tenant_id = w.tenant_id AND n.id = w.sink_id AND n.box_key = w.box_key AND n.sign_key IS NOT NULL
)`;

/** Sinks of all tenants that have a value which another one waits for. */
export async function findSharers(sql: SqlRunner): Promise<Id<'sink'>[]> {
  const rows = await sql.query<{ sink_id: Uint8Array }>(
    `SELECT DISTINCT h.sink_id FROM secret_boxes w FORCE INDEX (secret_boxes_version_index)
       JOIN secret_boxes h ON h.tenant_id = w.tenant_id AND h.secret_id = w.secret_id AND h.version IS NOT NULL
     WHERE ${waiting}`,
  );
  return rows.map(({ sink_id }) => idOf('sink', sink_id));
}

/** A value that a sink has and another one waits for, with the box of the first and the key of the second. */
export interface SharableValue {
  secretId: Id<'secret'>;
  name: string;
  version: number;
  box: Uint8Array;
  sinkId: Id<'sink'>;
  sinkName: string;
  boxKey: Uint8Array;
}

export async function findSharable(
  sql: SqlRunner,
  { tenantId, sinkId }: { tenantId: Id<'tenant'>; sinkId: Id<'sink'> },
  limit: number,
): Promise<SharableValue[]> {
  const rows = await sql.query<{
    secret_id: Uint8Array;
    name: string;
    version: number;
    box: Uint8Array;
    sink_id: Uint8Array;
    sink_name: string;
    box_key: Uint8Array;
  }>(
    `SELECT b.secret_id, s.name, b.version, b.box, w.sink_id, t.name AS sink_name, w.box_key FROM ${held}
       JOIN secret_boxes w ON w.tenant_id = b.tenant_id AND w.secret_id = b.secret_id
       JOIN sinks t ON t.tenant_id = w.tenant_id AND t.id = w.sink_id
     WHERE b.tenant_id = ? AND b.sink_id = ? AND ${waiting} LIMIT ?`,
    [bytes(tenantId), bytes(sinkId), limit],
  );
  return rows.map((row) => ({
    secretId: idOf('secret', row.secret_id),
    name: row.name,
    version: row.version,
    box: row.box,
    sinkId: idOf('sink', row.sink_id),
    sinkName: row.sink_name,
    boxKey: row.box_key,
  }));
}

/** What is sealed to the sink's present key and not to that next one yet. */
export async function findToReseal(
  sql: SqlRunner,
  { tenantId, sinkId }: { tenantId: Id<'tenant'>; sinkId: Id<'sink'> },
  nextKey: Uint8Array,
  limit: number,
): Promise<{ secretId: Id<'secret'>; name: string; version: number; box: Uint8Array }[]> {
  const rows = await sql.query<{ secret_id: Uint8Array; name: string; version: number; box: Uint8Array }>(
    `SELECT b.secret_id, s.name, b.version, b.box FROM ${held}
     WHERE b.tenant_id = ? AND b.sink_id = ? AND b.box_key <> ? AND (b.next_key IS NULL OR b.next_key <> ?) LIMIT ?`,
    [bytes(tenantId), bytes(sinkId), nextKey, nextKey, limit],
  );
  return rows.map((row) => ({ ...row, secretId: idOf('secret', row.secret_id) }));
}

/**
 * Keeps a box for the sink's next key; not if another value was set meanwhile, nor one of another length: a box for the same value
 * is as long as the one that it is to replace.
 */
export async function keepResealed(
  sql: SqlRunner,
  { tenantId, sinkId }: { tenantId: Id<'tenant'>; sinkId: Id<'sink'> },
  nextKey: Uint8Array,
  { secretId, version, box }: { secretId: Id<'secret'>; version: number; box: Uint8Array },
): Promise<void> {
  await sql.run(
    `UPDATE secret_boxes SET next_key = ?, next_box = ?
     WHERE tenant_id = ? AND secret_id = ? AND sink_id = ? AND version = ? AND LENGTH(box) = ?`,
    [nextKey, box, bytes(tenantId), bytes(secretId), bytes(sinkId), version, box.length],
  );
}
