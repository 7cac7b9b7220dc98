import { NexomaticError } from '@nexomatic/contracts/error-code';
import { jsonFaultOf } from '../ingress/json-fault.ts';

/**
 * A JSON value as its text. REST hands payloads on so, because parsing and writing them again would change numbers
 * (`12345678901234567890123`, `1.0`, `-0`) that JavaScript can't hold.
 */
export class RawJson {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** The JSON text of a payload that came as a value or as text; null when none came. */
export function payloadTextOf(input: { payload?: unknown; payloadJson?: string | undefined }): string | null {
  const { payload, payloadJson } = input;
  if (payloadJson === undefined) return payload === undefined ? null : jsonTextOf(payload);
  if (payload !== undefined) {
    const message = 'payload is there already; send one of the two';
    throw new NexomaticError('bad_request', 'The payload came twice.', { errors: [{ path: 'payloadJson', message }] });
  }
  const fault = jsonFaultOf(Buffer.from(payloadJson));
  if (fault) throw new NexomaticError('invalid_json', fault, { errors: [{ path: 'payloadJson', message: fault }] });
  return payloadJson;
}

/** The JSON text of a value that came with a call; nothing at all is null. */
export const jsonTextOf = (value: unknown): string =>
  value instanceof RawJson ? value.text : (JSON.stringify(value) ?? 'null');
