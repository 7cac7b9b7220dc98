import { createHash } from 'node:crypto';
import type { Id } from '@nexomatic/contracts/id';
import type { TenantKeyFacts } from '@nexomatic/contracts/tenant-api';
import type { Database } from '@nexomatic/db/database';
import { Tenant } from '@nexomatic/db/entities/tenant';
import { TenantKey } from '@nexomatic/db/entities/tenant-key';
import { countByTenantKey } from '@nexomatic/db/ledger/key-rotation';
import { LockMode } from '@nexomatic/db/query';
import type { Sql } from '@nexomatic/db/sql';
import { recordAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import { changeDefinition, type DefinitionDeps } from '../definitions/change-definition.ts';
import type { TenantKeys } from './tenant-keys.ts';

/** The keys of a tenant, newest first, with how many values still hang on each. */
export async function listTenantKeys(
  { db, sql }: { db: Database; sql: Sql },
  tenantId: Id<'tenant'>,
): Promise<{ keys: TenantKeyFacts[] }> {
  const rows = await db.tenantEm(tenantId).find(TenantKey, {}, { orderBy: { id: 'desc' } });
  const values = await countByTenantKey(sql, tenantId);
  return { keys: rows.map((row) => show(row, values.get(row.id) ?? 0)) };
}

/**
 * Makes another key of the tenant, which seals from now on. Values that are sealed to the ones before are sealed anew in the
 * background and stay readable all the time; a key goes once nothing needs it.
 */
export async function rotateTenantKey(
  deps: DefinitionDeps & { tenantKeys: Pick<TenantKeys, 'add'> },
  tenantId: Id<'tenant'>,
  actor: Actor,
): Promise<TenantKeyFacts> {
  return changeDefinition(deps, tenantId, async (em) => {
    const tenant = await em.findOneOrFail(Tenant, { id: tenantId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    const before = await em.findOne(TenantKey, { retiredAt: null }, { orderBy: { id: 'desc' } });
    await em.nativeUpdate(TenantKey, { retiredAt: null }, { retiredAt: new Date(deps.clock.now()) });
    const row = await deps.tenantKeys.add(em, tenantId);
    const object = { kind: 'tenant' as const, id: tenantId, name: tenant.name };
    recordAudit(em, tenantId, actor, {
      action: 'tenant.key_rotated',
      object,
      before: before && { key: before.id, fingerprint: fingerprintOfPublic(before.publicKey) },
      after: { key: row.id, fingerprint: fingerprintOfPublic(row.publicKey) },
    });
    await em.flush();
    await em.refresh(row);
    return show(row, 0);
  });
}

const show = ({ id, publicKey, createdAt, retiredAt }: TenantKey, values: number): TenantKeyFacts => ({
  id,
  fingerprint: fingerprintOfPublic(publicKey),
  createdAt: createdAt.toISOString(),
  retiredAt: retiredAt?.toISOString() ?? null,
  values,
});

const fingerprintOfPublic = (key: Uint8Array): string => createHash('sha256').update(key).digest('hex').slice(0, 16);
