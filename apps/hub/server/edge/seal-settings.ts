import { edgeBoxContext, edgeBoxPurpose } from '@nexomatic/contracts/edge-protocol';
import { openWebBox, type WebBox } from '@nexomatic/sealing/web-box';
import type { EnvelopeKey } from '@nexomatic/signature/edge-envelope';
import type { EdgeSettings } from './edge-settings.ts';

/** Seals a source's settings for the edge that holds the key, in base64. */
export type SealSettings = (key: EnvelopeKey, sourceKeyHash: string, settings: EdgeSettings) => Promise<string>;

/** Each edge key's box is opened once. */
export function createSealSettings(): SealSettings {
  const boxes = new Map<string, Promise<WebBox>>();
  return async (key, sourceKeyHash, { settings }) => {
    const box = boxes.get(key.keyId) ?? key.derive(edgeBoxPurpose).then(openWebBox);
    boxes.set(key.keyId, box);
    const json = new TextEncoder().encode(JSON.stringify(settings));
    return Buffer.from(await (await box).seal(json, edgeBoxContext(sourceKeyHash))).toString('base64');
  };
}
