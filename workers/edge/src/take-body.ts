import type { Arrival } from './arrival.ts';
import { type Refused, refused } from './refused.ts';
import { unpackBody } from './unpack-body.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** `wire`: as it was sent; `body`: unpacked. */
export type TakenBody = { kind: 'taken'; wire: Bytes; body: Bytes } | Refused;

/** The body of a request, read and unpacked under one cap. */
export async function takeBody(arrival: Arrival, maxBytes: number, encoding: string | null): Promise<TakenBody> {
  const read = await arrival.incoming.read(maxBytes);
  switch (read.kind) {
    case 'too_large':
      return refused('payload_too_large', `The body is larger than ${maxBytes} bytes.`);
    case 'timed_out':
      return refused('body_timeout', 'The body did not arrive in time; nothing was stored.', { regardless: true });
    case 'broken':
      return refused('bad_request', 'The connection ended before the body was complete.', { regardless: true });
    case 'read':
      arrival.body = read.body;
      return encoding === null
        ? { kind: 'taken', wire: read.body, body: read.body }
        : unpack(read.body, encoding, maxBytes);
    default:
      return read satisfies never;
  }
}

async function unpack(wire: Bytes, encoding: string, maxBytes: number): Promise<TakenBody> {
  const unpacked = await unpackBody(encoding, wire, maxBytes);
  switch (unpacked.kind) {
    case 'unpacked':
      return { kind: 'taken', wire, body: unpacked.body };
    case 'too_large':
      return refused('decoded_too_large', `The body unpacks to more than ${maxBytes} bytes.`);
    case 'broken':
      return refused('unsupported_media_type', `The body is declared as ${encoding} and does not unpack as that.`);
    default:
      return unpacked satisfies never;
  }
}
