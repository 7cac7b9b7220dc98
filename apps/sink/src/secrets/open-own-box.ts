import { secretText } from '@nexomatic/contracts/secret-limits';
import { nodeSealing } from '@nexomatic/sealing/node';
import type { BoxPair } from '@nexomatic/sealing/sealing';
import { openSecret, type SecretPlace } from '@nexomatic/sealing/secret-box';
import { ReleaseFault } from './open-release.ts';

/**
 * The value of an end-to-end secret, as whoever set it sealed it to this sink, or another sink shared it. Throws `ReleaseFault`
 * for what this sink can't open, or is the value of something else. The hub could not look inside, so this is where it shows.
 */
export function openOwnBox(box: Uint8Array, pairs: BoxPair[], { tenant, name, version }: SecretPlace): Uint8Array {
  for (const pair of pairs) {
    const opened = openSecret(nodeSealing, pair, box);
    if (!opened) continue;
    const { value } = opened;
    const fits = opened.tenant === tenant && opened.name === name && opened.version === version;
    if (fits && value.length > 0 && secretText(value) !== null) return value;
    value.fill(0);
    const fault = fits ? 'holds no text' : `is not for version ${version} of it`;
    throw new ReleaseFault(`the box of the secret "${name}" ${fault}; set its value again`);
  }
  throw new ReleaseFault(`no key of this sink opens the box of the secret "${name}"; set its value again`);
}
