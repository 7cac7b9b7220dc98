import { type Id, newId } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import { Tenant } from '@nexomatic/db/entities/tenant';
import { TenantKey } from '@nexomatic/db/entities/tenant-key';
import { type EntityManager, LockMode } from '@nexomatic/db/query';
import type { BoxPair } from '@nexomatic/sealing/sealing';
import { openSecret, type SecretPlace } from '@nexomatic/sealing/secret-box';
import { openSodium } from '@nexomatic/sealing/sodium';
import type { Keyring } from './keyring.ts';

/** What a tenant's secrets are sealed to just now. */
export interface SealingKey {
  keyId: Id<'tenantKey'>;
  publicKey: Uint8Array;
}

/** A value as it is kept. */
export interface SealedValue {
  keyId: Id<'tenantKey'>;
  box: Uint8Array;
}

/** The pairs that tenants' secrets are sealed to. Private halves are wrapped by the root keyring, and opened in memory alone. */
export interface TenantKeys {
  /** The key that seals for the tenant; its first use makes it. */
  current(tenantId: Id<'tenant'>): Promise<SealingKey>;
  /** Makes the key that seals from now on, in the transaction of `em`. */
  add(em: EntityManager, tenantId: Id<'tenant'>): Promise<TenantKey>;
  /** What was sealed, and whose it says it is; null where the tenant has no such key, or the box does not open with it. */
  openWith(tenantId: Id<'tenant'>, sealed: SealedValue): Promise<(SecretPlace & { value: Uint8Array }) | null>;
  /** The value of that secret and version; null where the box does not open, or is another's. */
  openValue(tenantId: Id<'tenant'>, of: Omit<SecretPlace, 'tenant'>, sealed: SealedValue): Promise<Uint8Array | null>;
}

/** Private keys that are held in memory. */
const mostHeld = 10_000;

export async function createTenantKeys({
  db,
  keyring,
}: {
  db: Pick<Database, 'tenantEm'>;
  keyring: Pick<Keyring, 'fingerprint' | 'wrap' | 'unwrap'>;
}): Promise<TenantKeys> {
  const sodium = await openSodium();
  const held = new Map<string, BoxPair>();

  async function pairOf(tenantId: Id<'tenant'>, id: Id<'tenantKey'>): Promise<BoxPair | null> {
    const name = `${tenantId} ${id}`;
    const known = held.get(name);
    if (known) return known;
    const row = await db.tenantEm(tenantId).findOne(TenantKey, { id });
    if (!row) return null;
    const privateKey = keyring.unwrap(row.privateKey, keyContext(tenantId, id));
    const pair = { privateKey, publicKey: Uint8Array.from(row.publicKey) };
    if (held.size >= mostHeld) held.clear();
    held.set(name, pair);
    return pair;
  }

  async function openWith(tenantId: Id<'tenant'>, { keyId, box }: SealedValue) {
    const pair = await pairOf(tenantId, keyId);
    return pair && openSecret(sodium, pair, box);
  }

  return {
    async current(tenantId) {
      const em = db.tenantEm(tenantId);
      const row = (await newestKey(em)) ?? (await em.transactional((inside) => makeFirst(inside, tenantId)));
      return { keyId: row.id, publicKey: Uint8Array.from(row.publicKey) };
    },
    add,
    openWith,
    async openValue(tenantId, { name, version }, sealed) {
      const opened = await openWith(tenantId, sealed);
      const fits = opened?.tenant === tenantId && opened.name === name && opened.version === version;
      return fits ? opened.value : null;
    },
  };

  /** Whoever comes first makes it; the others wait for the tenant's row, and find it. */
  async function makeFirst(em: EntityManager, tenantId: Id<'tenant'>): Promise<TenantKey> {
    await em.findOneOrFail(Tenant, { id: tenantId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    return (await newestKey(em)) ?? add(em, tenantId);
  }

  async function add(em: EntityManager, tenantId: Id<'tenant'>): Promise<TenantKey> {
    const id = newId('tenantKey');
    const { publicKey, privateKey } = sodium.newPair();
    const row = em.create(TenantKey, {
      tenantId,
      id,
      publicKey: Buffer.from(publicKey),
      privateKey: Buffer.from(keyring.wrap(privateKey, keyContext(tenantId, id))),
      rootFingerprint: keyring.fingerprint,
    });
    await em.persist(row).flush();
    return row;
  }
}

/** Ids sort by the time they were made. */
const newestKey = (em: EntityManager) => em.findOne(TenantKey, { retiredAt: null }, { orderBy: { id: 'desc' } });

/** A private key that was moved to another tenant's row, or another key's, does not open there. */
export const keyContext = (tenantId: Id<'tenant'>, id: Id<'tenantKey'>): string => `tenant key ${tenantId} ${id}`;
