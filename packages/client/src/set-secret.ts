import { NexomaticError } from '@nexomatic/contracts/error-code';
import { secretValueFault } from '@nexomatic/contracts/secret-limits';
import { noble } from '@nexomatic/sealing/noble';
import { sealSecret } from '@nexomatic/sealing/secret-box';
import { decodeBase64, encodeBase64 } from '@nexomatic/signature/decode';
import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter, HubClient } from './hub-client.ts';
import { told } from './refusal.ts';

/** A secret as the hub tells of it: everything but its value. */
export type SavedSecret = inferRouterOutputs<AppRouter>['secrets']['setValue'];

/** Somebody may set the same secret, or the tenant get a new key, while a value is sealed; not again and again. */
const mostTries = 4;

/**
 * Gives the secret of that name the value, sealed before it leaves this process, and makes the secret where there is none.
 * Loaded when it is first used: programs that set no secrets carry no cryptography.
 */
export async function setSecret(api: HubClient, name: string, value: string | Uint8Array): Promise<SavedSecret> {
  const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
  const fault = secretValueFault(bytes);
  if (fault !== null) throw new NexomaticError('unprocessable', `The secret ${name} was not set: ${fault}.`);
  for (let tries = 1; ; tries++) {
    const { keyId, key, tenantId, secret } = await told(api.secrets.key.query({ name }));
    const version = secret?.nextVersion ?? 1;
    const box = sealSecret(noble, keyBytes(key), { tenant: tenantId, name, version }, bytes);
    const sealed = { keyId, version, box: encodeBase64(box) };
    try {
      if (secret) return await told(api.secrets.setValue.mutate({ id: secret.id, value: sealed }));
      return await told(api.secrets.create.mutate({ name, value: sealed }));
    } catch (error) {
      if (tries === mostTries || !isOvertaken(error)) throw error;
    }
  }
}

/** Whether another key, or somebody who was faster, is most likely all that was wrong: sealing anew mends it. */
const isOvertaken = (error: unknown): boolean =>
  error instanceof NexomaticError && (error.code === 'seal_key_changed' || error.code === 'conflict');

function keyBytes(key: string): Uint8Array {
  const bytes = decodeBase64(key);
  if (!bytes) throw new Error('the hub told a key to seal to that is not base64');
  return bytes;
}
