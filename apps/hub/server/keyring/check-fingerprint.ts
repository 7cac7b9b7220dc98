import { readInstanceSetting, writeInstanceSetting } from '@nexomatic/db/ledger/instance-settings';
import { countByRootKey } from '@nexomatic/db/ledger/key-rotation';
import { pendingMigrations } from '@nexomatic/db/migrate';
import type { Sql } from '@nexomatic/db/sql';
import type { Services } from '../services.ts';
import { fingerprintOf } from './keyring.ts';

const setting = 'keyring_fingerprint';

/** The same at boot: with tables that are not of this version the hub is not ready, and takes nothing that it would have to seal. */
export async function checkKeyring({ db, env }: Pick<Services, 'db' | 'env'>): Promise<void> {
  if ((await pendingMigrations(db)).length === 0) await checkFingerprint(db.sql, env.keyring);
}

/**
 * Refuses a keyring that does not hold every key that something in this database is wrapped with, before anything is wrapped
 * with another. The first start with a database notes the fingerprint; so does one whose keyring has a new first key beside it.
 */
export async function checkFingerprint(sql: Sql, keys: readonly Uint8Array[]): Promise<void> {
  const fingerprints = keys.map(fingerprintOf);
  const [primary = ''] = fingerprints;
  const known = await readInstanceSetting(sql, setting);
  if (known !== null && !fingerprints.includes(known)) {
    throw new Error(
      `NEXOMATIC_KEYRING is not the keyring of this database: its secrets were sealed with the key of fingerprint ${known}, and the one given has ${primary}. Give the old keyring (a new key may stand before it, on a line of its own), or point DATABASE_URL at the database of this one.`,
    );
  }
  for (const [fingerprint, rows] of await countByRootKey(sql)) {
    if (fingerprints.includes(fingerprint)) continue;
    throw new Error(
      `NEXOMATIC_KEYRING lacks the key of fingerprint ${fingerprint}: ${rows} rows of this database are wrapped by it. Give it back on a line after the first, and drop it when the hub’s page Health says that nothing needs it.`,
    );
  }
  if (known !== primary) await writeInstanceSetting(sql, setting, primary);
}
