import { createAccessTokens } from '@nexomatic/client/access-tokens';
import type { Credential } from '@nexomatic/client/credential';
import { type Identity, readIdentity, writeIdentity } from './identity-file.ts';
import { signText } from './sink-keys.ts';

/**
 * Access tokens of the sink that has joined from this config folder. Its file is read for each new token, so keys that were
 * rotated beside a running agent are taken up; while a rotation is not confirmed, both pairs are tried.
 */
export const createIdentityCredential = (folder: string, identity: Identity): Credential =>
  createAccessTokens({
    url: identity.hubUrl,
    signers() {
      const { sinkId, keys, nextKeys } = readIdentity(folder) ?? identity;
      return [keys, ...(nextKeys ? [nextKeys] : [])].map((pair) => ({
        sinkId,
        sign: (text) => signText(pair, text),
      }));
    },
  });

/** The keys that the hub knows now are the ones that count from here on. */
export function confirmNextKeys(folder: string, { nextKeys, ...identity }: Identity): void {
  if (nextKeys) writeIdentity(folder, { ...identity, keys: nextKeys });
}
