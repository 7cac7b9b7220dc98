import type { Id } from '@nexomatic/contracts/id';
import type { SealKey } from '@nexomatic/contracts/secret-api';
import type { Database } from '@nexomatic/db/database';
import { Secret } from '@nexomatic/db/entities/secret';
import type { SealingKey, TenantKeys } from '../keyring/tenant-keys.ts';
import { grantedSinks, sealSinksOf } from './end-to-end/granted-sinks.ts';

interface Deps {
  db: Database;
  tenantKeys: Pick<TenantKeys, 'current'>;
}

/** What whoever sets a value seals it to, and for which number. */
export async function getSealKey(
  { db, tenantKeys }: Deps,
  tenantId: Id<'tenant'>,
  name: string | undefined,
): Promise<SealKey> {
  const em = db.tenantEm(tenantId);
  const row = name === undefined ? null : await em.findOne(Secret, { name });
  const secret = row && { id: row.id, nextVersion: row.lastValueVersion + 1, endToEnd: row.endToEnd };
  const granted = row?.endToEnd ? ((await grantedSinks(em, [row.id])).get(row.id) ?? []) : [];
  return { ...shownKey(await tenantKeys.current(tenantId)), tenantId, secret, sinks: sealSinksOf(granted) };
}

/** A key as the API tells it. */
export const shownKey = ({ keyId, publicKey }: SealingKey) => ({
  keyId,
  key: Buffer.from(publicKey).toString('base64'),
});
