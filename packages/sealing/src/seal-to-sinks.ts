import type { Id } from '@nexomatic/contracts/id-form';
import { isShortValue, secretText } from '@nexomatic/contracts/secret-limits';
import { decodeBase64Url, encodeBase64 } from '@nexomatic/signature/decode';
import type { Sealing } from './sealing.ts';
import { type SecretPlace, sealSecret } from './secret-box.ts';

/** A sink with its X25519 key, base64url. */
export interface SealTo {
  id: Id<'sink'>;
  boxKey: string;
}

/** Seals a value to each of these sinks and to nobody else, as the hub takes it of a secret that is end-to-end. */
export function sealToSinks(
  sealing: Pick<Sealing, 'seal'>,
  sinks: readonly SealTo[],
  place: SecretPlace,
  value: Uint8Array,
) {
  return {
    version: place.version,
    short: isShortValue(secretText(value) ?? ''),
    boxes: sinks.map(({ id, boxKey }) => {
      const key = decodeBase64Url(boxKey);
      if (!key) throw new Error(`the key of the sink ${id} is not base64url`);
      return { sinkId: id, boxKey, box: encodeBase64(sealSecret(sealing, key, place, value)) };
    }),
  };
}
