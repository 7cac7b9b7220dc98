import type { EdgeSourceSettings, Refusal } from '@nexomatic/contracts/edge-protocol';
import { errorCodes } from '@nexomatic/contracts/error-code';
import { encodeBase64 } from '@nexomatic/signature/decode';
import type { Arrival } from '../arrival.ts';
import { keepHeaders } from '../keep-headers.ts';
import type { Refused } from '../refused.ts';

/** So much of a refused body is kept: enough to see what it was. */
const keptBodyBytes = 64 * 1024;

/** What the owner of a source is shown of a request that was refused. */
export function describeRefusal(arrival: Arrival, refused: Refused, { verification }: EdgeSourceSettings): Refusal {
  const { requestId, receivedAt, sourceKeyHash, contentType, remoteAddress, headers, body } = arrival;
  return {
    ingestId: requestId,
    receivedAt,
    sourceKeyHash,
    status: errorCodes[refused.code].status,
    code: refused.code,
    cause: refused.cause,
    detail: refused.ownerDetail.slice(0, 300),
    contentType: contentType.slice(0, 200),
    remoteAddress: remoteAddress.slice(0, 64),
    headers: keepHeaders(headers, verification),
    body: body && encodeBase64(body.subarray(0, keptBodyBytes)),
    bodyBytes: body?.byteLength ?? 0,
  };
}
