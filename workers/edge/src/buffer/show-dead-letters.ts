import type { DeadLetter } from '@nexomatic/contracts/edge-protocol';
import type { DeadRequest } from './held-requests.ts';
import { getLargeBody } from './large-bodies.ts';

/** Of a body so much is shown. */
const mostShown = 65_536;

/** Dead letters as the hub asks for them. */
export function showDeadLetters(dead: DeadRequest[], bodies: R2Bucket): Promise<DeadLetter[]> {
  return Promise.all(
    dead.map(async ({ envelope, body, bodyBytes, tries, code, detail, refusedAt }) => {
      const { ingestId, receivedAt, contentType, remoteAddress, headers } = envelope;
      const shown = body ?? (await getLargeBody(bodies, envelope, mostShown)) ?? new ArrayBuffer(0);
      const bytes = new Uint8Array(shown, 0, Math.min(mostShown, shown.byteLength));
      return {
        ...{ ingestId, receivedAt, contentType, remoteAddress, headers, bodyBytes },
        ...{ body: toBase64(bytes), tries, code, detail, refusedAt },
      };
    }),
  );
}

/** Piece by piece: each byte is an argument, and a call takes only so many. */
function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8_192) binary += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return btoa(binary);
}
