import {
  type EdgeSourceSettings,
  edgeBoxContext,
  edgeBoxPurpose,
  edgeSourceSettingsSchema,
} from '@nexomatic/contracts/edge-protocol';
import { openWebBox, type WebBox } from '@nexomatic/sealing/web-box';
import { decodeBase64 } from '@nexomatic/signature/decode';
import type { EnvelopeKey } from '@nexomatic/signature/edge-envelope';

/** Opens a source's settings that the hub sealed for this edge; null for a box of another key, source or form. */
export type OpenBox = (sourceKeyHash: string, box: string) => Promise<EdgeSourceSettings | null>;

/** The edge's box key is derived from its envelope key, so that there is no second secret to keep and to turn. */
export function createOpenBox(key: EnvelopeKey): OpenBox {
  let opened: WebBox | undefined;
  return async (sourceKeyHash, text) => {
    opened ??= await openWebBox(await key.derive(edgeBoxPurpose));
    const box = decodeBase64(text);
    const json = box && (await opened.open(box, edgeBoxContext(sourceKeyHash)));
    if (!json) return null;
    const parsed = edgeSourceSettingsSchema.safeParse(JSON.parse(new TextDecoder().decode(json)));
    return parsed.success ? parsed.data : null;
  };
}
