import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { SealKey } from '@nexomatic/contracts/secret-api';
import { secretValueFault } from '@nexomatic/contracts/secret-limits';
import { noble } from '@nexomatic/sealing/noble';
import { sealToSinks } from '@nexomatic/sealing/seal-to-sinks';
import { sealSecret } from '@nexomatic/sealing/secret-box';
import { decodeBase64, encodeBase64 } from '@nexomatic/signature/decode';
import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter, HubClient } from './hub-client.ts';
import { told } from './refusal.ts';
import { expectSinks, findSinks, type ReadingSink } from './sinks-to-seal-to.ts';

/** A secret as the hub tells of it: everything but its value. */
export type SavedSecret = inferRouterOutputs<AppRouter>['secrets']['setValue'];

/** Somebody may set the same secret, or the tenant get a new key, while a value is sealed; not again and again. */
const mostTries = 4;

export interface SetSecretOptions {
  /**
   * Makes it end-to-end: only these sinks can read it, and the hub can't. Of one that is there already they have to be those that
   * it is granted to.
   */
  sinks?: readonly ReadingSink[];
}

/**
 * Gives the secret of that name the value, sealed before it leaves this process, and makes the secret where there is none.
 * Loaded when it is first used: programs that set no secrets carry no cryptography.
 */
export async function setSecret(
  api: HubClient,
  name: string,
  value: string | Uint8Array,
  { sinks: wanted }: SetSecretOptions = {},
): Promise<SavedSecret> {
  const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
  const fault = secretValueFault(bytes);
  if (fault !== null) throw new NexomaticError('unprocessable', `The secret ${name} was not set: ${fault}.`);
  for (let tries = 1; ; tries++) {
    const known = await told(api.secrets.key.query({ name }));
    const given = await sealedFor(api, name, known, bytes, wanted);
    try {
      if (known.secret) return await told(api.secrets.setValue.mutate({ id: known.secret.id, ...given }));
      return await told(api.secrets.create.mutate({ name, endToEnd: 'sealed' in given, ...given }));
    } catch (error) {
      if (tries === mostTries || !isOvertaken(error)) throw error;
    }
  }
}

/** The value, sealed to the hub, or to the sinks that alone may read it. */
async function sealedFor(
  api: HubClient,
  name: string,
  { keyId, key, tenantId, secret, sinks }: SealKey,
  bytes: Uint8Array,
  wanted: readonly ReadingSink[] | undefined,
) {
  const version = secret?.nextVersion ?? 1;
  const place = { tenant: tenantId, name, version };
  if (secret?.endToEnd) {
    return { sealed: sealToSinks(noble, wanted ? expectSinks(sinks, wanted) : sinks, place, bytes) };
  }
  if (wanted && secret) {
    const detail = `The secret ${name} is not end-to-end, which does not change; delete it, and make it again.`;
    throw new NexomaticError('unprocessable', detail);
  }
  if (wanted) return { sealed: sealToSinks(noble, await findSinks(api, wanted), place, bytes) };
  const box = sealSecret(noble, keyBytes(key), place, bytes);
  return { value: { keyId, version, box: encodeBase64(box) } };
}

/** Whether another key, or somebody who was faster, is most likely all that was wrong: sealing anew mends it. */
const isOvertaken = (error: unknown): boolean =>
  error instanceof NexomaticError && (error.code === 'seal_key_changed' || error.code === 'conflict');

function keyBytes(key: string): Uint8Array {
  const bytes = decodeBase64(key);
  if (!bytes) throw new Error('the hub told a key to seal to that is not base64');
  return bytes;
}
