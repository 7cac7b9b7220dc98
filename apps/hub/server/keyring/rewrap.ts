import { findWrappedByOthers, replaceWrapped, type WrappedRow } from '@nexomatic/db/ledger/key-rotation';
import type { Sql } from '@nexomatic/db/sql';
import type { Logger } from '@nexomatic/logger';
import { secretContext } from '../sources/source-definition.ts';
import type { Keyring } from './keyring.ts';
import { keyContext } from './tenant-keys.ts';

interface Deps {
  sql: Sql;
  keyring: Keyring;
  logger: Logger;
}

/** Rows in one round; each is a statement of its own, so that a round can end anywhere. */
const atOnce = 200;

/**
 * Wraps by the first key of the ring what another one has wrapped, a round at a time: whatever stops it, the next round goes
 * on where it was, on this hub or another. True when there may be more.
 */
export async function rewrap({ sql, keyring, logger }: Deps): Promise<boolean> {
  const rows = await findWrappedByOthers(sql, keyring.fingerprint, atOnce);
  let moved = 0;
  for (const row of rows) {
    const context = contextOf(row);
    try {
      const value = keyring.unwrap(row.wrapped, context);
      await replaceWrapped(sql, row, { wrapped: keyring.wrap(value, context), fingerprint: keyring.fingerprint });
      value.fill(0);
      moved += 1;
    } catch (error) {
      // One that no key opens must not stand in the way of the others.
      const message = error instanceof Error ? error.message : String(error);
      logger.error({ table: row.table, tenantId: row.tenantId, id: row.id, error: message }, 'keyring.not_rewrapped');
    }
  }
  return moved > 0 && rows.length >= atOnce;
}

const contextOf = (row: WrappedRow): string =>
  row.table === 'tenant_keys' ? keyContext(row.tenantId, row.id) : secretContext(row.tenantId, row.sourceId, row.id);
