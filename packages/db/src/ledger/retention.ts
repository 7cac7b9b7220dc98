import type { Id } from '@nexomatic/contracts/id';
import type { SqlRunner } from '../sql.ts';
import { bytes, idOf } from './rows.ts';

/** Every tenant with what its settings say about keeping. */
export async function tenantRetentions(sql: SqlRunner): Promise<{ tenantId: Id<'tenant'>; retention: string }[]> {
  const rows = await sql.query<{ id: Buffer; retention: string }>('SELECT id, retention FROM tenants ORDER BY id');
  return rows.map(({ id, retention }) => ({ tenantId: idOf('tenant', id), retention }));
}

/** Event types of a tenant that are kept by clocks of their own. */
export async function typeRetentions(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
): Promise<{ eventTypeId: Id<'eventType'>; retention: string }[]> {
  const rows = await sql.query<{ id: Buffer; retention: string }>(
    `SELECT id, retention FROM event_types WHERE tenant_id = ? AND retention <> '{}'`,
    [bytes(tenantId)],
  );
  return rows.map(({ id, retention }) => ({ eventTypeId: idOf('eventType', id), retention }));
}
