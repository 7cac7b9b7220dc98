import type { Id } from '@nexomatic/contracts/id';
import { readGrants } from '@nexomatic/contracts/secret-grants';
import { noble } from '@nexomatic/sealing/noble';
import { type SealTo, sealToSinks } from '@nexomatic/sealing/seal-to-sinks';
import { systemActor } from '../../auth/actor.ts';
import type { Services } from '../../services.ts';
import { createSecret } from '../save-secret.ts';
import { getSealKey } from '../seal-key.ts';
import { setSecretValue } from '../set-value.ts';

/**
 * Gives a secret that is end-to-end its next value, as whoever sets it would; makes it for these sinks if the tenant has none
 * of that name.
 */
export async function putEndToEnd(
  services: Services,
  tenantId: Id<'tenant'>,
  { name, value, sinks = [] }: { name: string; value: string; sinks?: SealTo[] },
): Promise<Id<'secret'>> {
  const { secret, sinks: granted } = await getSealKey(services, tenantId, name);
  const place = { tenant: tenantId, name, version: secret?.nextVersion ?? 1 };
  const sealed = sealToSinks(noble, secret ? granted : sinks, place, new TextEncoder().encode(value));
  if (secret) return (await setSecretValue(services, tenantId, systemActor, { id: secret.id, sealed })).id;
  const facts = { description: '', labels: {}, expiresAt: null, grants: readGrants(null) };
  return (await createSecret(services, tenantId, systemActor, { name, endToEnd: true, sealed, ...facts })).id;
}
