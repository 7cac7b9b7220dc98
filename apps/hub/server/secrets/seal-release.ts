import type { Clock } from '@nexomatic/clock';
import type { Id } from '@nexomatic/contracts/id';
import { type ReleasedValue, releaseBoxMs, writeRelease } from '@nexomatic/contracts/release-box';
import type { SecretUse } from '@nexomatic/contracts/sink-protocol';
import type { SealedValue } from '@nexomatic/db/ledger/secrets';
import { isUnavailable } from '@nexomatic/db/ledger/unavailable';
import type { Logger } from '@nexomatic/logger';
import type { Sealing } from '@nexomatic/sealing/sealing';
import type { TenantKeys } from '../keyring/tenant-keys.ts';

/** The box for a sink's key, or the name of the secret whose value can't be opened. */
export type SealRelease = (
  whose: { tenantId: Id<'tenant'>; sinkId: Id<'sink'>; boxKey: Uint8Array },
  purpose: string,
  secrets: (SecretUse & { sealed: SealedValue })[],
) => Promise<Uint8Array | { unreadable: string }>;

interface Deps {
  sealing: Pick<Sealing, 'seal'>;
  tenantKeys: Pick<TenantKeys, 'openValue'>;
  clock: Clock;
  logger: Logger;
}

/** Opens the values of secrets and seals them again, for one purpose on one sink. They are in clear only here. */
export function createSealRelease(deps: Deps): SealRelease {
  const { sealing, clock } = deps;
  return async ({ tenantId, sinkId, boxKey }, purpose, secrets) => {
    const opened: ReleasedValue[] = [];
    try {
      for (const { key, name, version, sealed } of secrets) {
        const value = await openOrNull(deps, tenantId, sealed);
        if (!value) return { unreadable: name };
        opened.push({ key, name, version, value });
      }
      const expiresAt = clock.now() + releaseBoxMs;
      const release = writeRelease({ purpose, sink: sinkId, expiresAt, secrets: opened });
      try {
        return sealing.seal(release, boxKey);
      } finally {
        release.fill(0);
      }
    } finally {
      for (const { value } of opened) value.fill(0);
    }
  };
}

/** A value that this hub's keyring does not open is the fault of one secret, and must not stop the others. */
async function openOrNull(
  { tenantKeys, logger }: Pick<Deps, 'tenantKeys' | 'logger'>,
  tenantId: Id<'tenant'>,
  sealed: SealedValue,
): Promise<Uint8Array | null> {
  try {
    return await tenantKeys.openValue(tenantId, sealed, sealed);
  } catch (error) {
    if (isUnavailable(error)) throw error;
    logger.error({ err: error, tenantId, secret: sealed.name, version: sealed.version }, 'secret.unreadable');
    return null;
  }
}
