import type { Clock } from '@nexomatic/clock';
import {
  deleteUnusedTenantKeys,
  findStaleValues,
  replaceSealed,
  type StaleValue,
} from '@nexomatic/db/ledger/key-rotation';
import { byTenant } from '@nexomatic/db/ledger/rows';
import type { Sql } from '@nexomatic/db/sql';
import type { Logger } from '@nexomatic/logger';
import { sealSecret } from '@nexomatic/sealing/secret-box';
import { openSodium } from '@nexomatic/sealing/sodium';
import type { SealingKey, TenantKeys } from '../keyring/tenant-keys.ts';

interface Deps {
  sql: Sql;
  tenantKeys: TenantKeys;
  clock: Clock;
  logger: Logger;
}

/** Values in one round; each is a statement of its own, so that a round can end anywhere. */
const atOnce = 100;
/** How long a key stays after it was retired: whoever has just read a box still opens it. */
const graceMs = 10 * 60_000;

/**
 * Seals to the current key of each tenant what is sealed to a retired one, and deletes retired keys that nothing needs any
 * more. Whatever stops it, the next round goes on where it was, on this hub or another. True when there may be more.
 */
export async function resealValues(deps: Deps): Promise<boolean> {
  const { sql, clock, logger } = deps;
  const values = await findStaleValues(sql, atOnce);
  let moved = 0;
  for (const [tenantId, group] of byTenant(values)) {
    const current = await deps.tenantKeys.current(tenantId);
    for (const value of group) if (await reseal(deps, value, current)) moved += 1;
  }
  if (values.length > 0) return moved > 0;
  const dropped = await deleteUnusedTenantKeys(sql, new Date(clock.now() - graceMs));
  if (dropped > 0) logger.info({ dropped }, 'tenant_keys.dropped');
  return false;
}

async function reseal({ sql, tenantKeys, logger }: Deps, stale: StaleValue, current: SealingKey): Promise<boolean> {
  const { tenantId: tenant, name, version } = stale;
  const value = await tenantKeys.openValue(tenant, { name, version }, stale);
  if (!value) {
    // The old key stays as long as a value is sealed to it, so nothing is lost by leaving it.
    logger.error({ tenantId: tenant, secretId: stale.secretId, version }, 'secret.unreadable');
    return false;
  }
  const box = sealSecret(await openSodium(), current.publicKey, { tenant, name, version }, value);
  value.fill(0);
  await replaceSealed(sql, stale, { keyId: current.keyId, box });
  return true;
}
