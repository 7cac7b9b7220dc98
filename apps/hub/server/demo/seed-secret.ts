import { randomBytes } from 'node:crypto';
import { systemClock } from '@nexomatic/clock';
import type { Id } from '@nexomatic/contracts/id';
import { readGrants } from '@nexomatic/contracts/secret-grants';
import type { Database } from '@nexomatic/db/database';
import { Secret } from '@nexomatic/db/entities/secret';
import { sealSecret } from '@nexomatic/sealing/secret-box';
import { openSodium } from '@nexomatic/sealing/sodium';
import { systemActor } from '../auth/actor.ts';
import type { Keyring } from '../keyring/keyring.ts';
import { createTenantKeys } from '../keyring/tenant-keys.ts';
import { createSecret } from '../secrets/save-secret.ts';
import { demoSecret } from './demo-definitions.ts';

/** Gives the demo its secret, with a value that nobody has seen; one of that name stays as it is. */
export async function seedSecret(deps: { db: Database; keyring: Keyring }, tenantId: Id<'tenant'>): Promise<void> {
  if ((await deps.db.tenantEm(tenantId).count(Secret, { name: demoSecret })) > 0) return;
  const tenantKeys = await createTenantKeys(deps);
  const { keyId, publicKey } = await tenantKeys.current(tenantId);
  const place = { tenant: tenantId, name: demoSecret, version: 1 };
  const value = new TextEncoder().encode(randomBytes(32).toString('base64url'));
  const box = sealSecret(await openSodium(), publicKey, place, value);
  // No hub runs in this process that could remember definitions.
  const definitions = { forgetAll: () => undefined };
  await createSecret({ ...deps, tenantKeys, definitions, clock: systemClock }, tenantId, systemActor, {
    name: demoSecret,
    description: 'Signs what the demo’s event type hello.sign is given.',
    labels: {},
    expiresAt: null,
    grants: readGrants(null),
    value: { keyId, version: place.version, box: Buffer.from(box).toString('base64') },
  });
}
