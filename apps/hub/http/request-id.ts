import { randomBytes } from 'node:crypto';

const saneId = /^[A-Za-z0-9._-]{8,128}$/;
const traceparent = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}/;

/** The id that answers and log lines quote: the caller's own if it is sane, else a new one. */
export function requestIdOf(header: string | undefined): string {
  return header !== undefined && saneId.test(header) ? header : `req_${randomBytes(12).toString('hex')}`;
}

/** The trace that a caller put the request in (W3C Trace Context), if any; the all-zero id is none. */
export function traceIdOf(header: string | undefined): string | undefined {
  const traceId = header === undefined ? undefined : traceparent.exec(header)?.[1];
  return traceId === undefined || /^0+$/.test(traceId) ? undefined : traceId;
}
