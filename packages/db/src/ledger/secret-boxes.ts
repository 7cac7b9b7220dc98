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
