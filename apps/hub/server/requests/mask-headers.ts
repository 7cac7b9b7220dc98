import { maskedHeader } from '@nexomatic/contracts/envelope';

/** Headers as a receipt keeps them: names and values, and 1 where the value is a mask. */
export type KeptHeader = [name: string, value: string] | [name: string, mask: string, masked: 1];

/** Names of headers that hold credentials or signatures, whoever the sender is. */
const secretName =
  /(?:signature|hmac|token|secret|authorization|cookie|password|credential|(?:api|sas|access|auth|shared)-?key)/;
/** These only sound like it: they tell deliveries apart. */
const harmless = new Set(['i-twilio-idempotency-token', 'idempotency-key']);

/**
 * Headers without what whoever reads a receipt could use: a credential or signature, unless its receiver has masked it already.
 * `also`: the names, in lower case, of headers that this source's own settings make one.
 */
export function maskHeaders(headers: readonly [string, string][], also: readonly string[]): KeptHeader[] {
  return headers.map(([name, value]) =>
    value === maskedHeader || (secretName.test(name) && !harmless.has(name)) || also.includes(name)
      ? [name, maskedHeader, 1]
      : [name, value],
  );
}

/** The headers of a stored receipt. */
export const storedHeaders = (stored: Uint8Array): KeptHeader[] =>
  JSON.parse(Buffer.from(stored).toString('utf8')) as KeptHeader[];

/** The same as people are shown them. */
export const shownHeaders = (stored: Uint8Array): { name: string; value: string; masked: boolean }[] =>
  storedHeaders(stored).map(([name, value, masked]) => ({ name, value, masked: masked === 1 }));
