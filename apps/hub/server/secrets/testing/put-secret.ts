import type { Id } from '@nexomatic/contracts/id';
import { readGrants, type SecretGrants } from '@nexomatic/contracts/secret-grants';
import { systemActor } from '../../auth/actor.ts';
import type { Services } from '../../services.ts';
import { createSecret } from '../save-secret.ts';
import { getSealKey } from '../seal-key.ts';
import { setSecretValue } from '../set-value.ts';
import { sealFor } from './seal-for.ts';

/** Gives a secret its next value, as whoever sets it would; makes the secret if the tenant has none of that name. */
export async function putSecret(
  services: Services,
  tenantId: Id<'tenant'>,
  { name, value, grants = readGrants(null) }: { name: string; value: string; grants?: SecretGrants },
): Promise<Id<'secret'>> {
  const { secret } = await getSealKey(services, tenantId, name);
  const sealed = await sealFor(services, tenantId, name, value, secret?.nextVersion);
  if (secret) return (await setSecretValue(services, tenantId, systemActor, { id: secret.id, value: sealed })).id;
  const facts = { description: '', labels: {}, expiresAt: null, grants };
  return (await createSecret(services, tenantId, systemActor, { name, value: sealed, ...facts })).id;
}
