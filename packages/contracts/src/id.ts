import { systemClock } from '@nexomatic/clock';
import { parse as parseUuid, stringify as stringifyUuid, v7 as uuidv7 } from 'uuid';
import * as z from 'zod/mini';
import { digits, type Id, type IdKind, idPattern, idPrefixes } from './id-form.ts';

/**
 * Ids are UUIDv7 (RFC 9562), kept as 16 bytes in the database and shown with the prefix of their kind:
 * `evt_01jd5y0q6vf0x9h2m7k3c8t4zr`. The text form is TypeID's (jetify-com/typeid, spec 0.3): the 128 bits as 26 lower-case
 * Crockford base32 digits, first digit 0–7. Inside our code an id is always this text; only `packages/db` turns it
 * into bytes. Ids of one kind sort by the time they were made.
 */
export { type Id, type IdKind, idPrefixes, isId } from './id-form.ts';

const digitValues = new Map([...digits].map((digit, value) => [digit, value]));

/** Random bytes are drawn for many ids at once: a draw for each would cost more than all the rest of making one. */
const randomPool = new Uint8Array(4096);
let randomLeft = 0;

function randomBytes(): Uint8Array {
  if (randomLeft === 0) {
    crypto.getRandomValues(randomPool);
    randomLeft = randomPool.length;
  }
  randomLeft -= 16;
  return randomPool.subarray(randomLeft, randomLeft + 16);
}

let lastMs = 0;
let sequence = 0;

/** Ids made in the same millisecond count up (RFC 9562, 6.2, method 1), from a random start below 2^31. */
function newUuidBytes(): Uint8Array {
  const random = randomBytes();
  const now = systemClock.now();
  sequence = now > lastMs ? new DataView(random.buffer, random.byteOffset).getUint32(0) >>> 1 : sequence + 1;
  lastMs = Math.max(now, lastMs);
  return uuidv7({ random, msecs: lastMs, seq: sequence }, new Uint8Array(16));
}

/** A new id of that kind, made of the current time and 74 random bits. */
export const newId = <K extends IdKind>(kind: K): Id<K> => idFromBytes(kind, newUuidBytes());

/** A new UUIDv7 as text. */
export const newUuid = (): string => stringifyUuid(newUuidBytes());

/** The 16 bytes of an id. Throws `RangeError` for text that `parseId` would refuse. */
export function idToBytes(id: string): Uint8Array {
  const suffix = id.slice(id.length - 26);
  const bytes = new Uint8Array(16);
  // 26 digits carry 130 bits; the two highest are always zero, so start two bits "in the red".
  let buffer = 0;
  let bits = -2;
  let at = 0;
  for (const digit of suffix) {
    const value = digitValues.get(digit);
    if (value === undefined) throw new RangeError(`not an id: ${id}`);
    buffer = ((buffer << 5) | value) & 0x1fff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (buffer >> bits) & 0xff;
    }
  }
  return bytes;
}

/** The id of that kind whose 16 bytes are given. */
export function idFromBytes<K extends IdKind>(kind: K, bytes: Uint8Array): Id<K> {
  let text = '';
  let buffer = 0;
  let bits = 2;
  for (const byte of bytes) {
    buffer = ((buffer << 8) | byte) & 0x1fff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += digits[(buffer >> bits) & 31];
    }
  }
  return `${idPrefixes[kind]}_${text}` as Id<K>;
}

/** The lowest id of that kind that can have been made in that millisecond: UUIDv7 begins with 48 bits of it. */
export function lowestIdAt<K extends IdKind>(kind: K, ms: number): Id<K> {
  const bytes = new Uint8Array(16);
  const time = Math.min(Math.max(ms, 0), 2 ** 48 - 1);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(Math.floor(time)) << 16n);
  return idFromBytes(kind, bytes);
}

/** When an id was made, which is what it begins with. */
export const timeOfId = (id: string): Date =>
  new Date(Number(new DataView(idToBytes(id).buffer).getBigUint64(0) >> 16n));

/** A schema for an id of that kind; the message names the prefix that was expected. */
export function idSchema<K extends IdKind>(kind: K): z.ZodMiniType<Id<K>, Id<K>> {
  const form = `expected an id of the form ${idPrefixes[kind]}_… (26 characters after the prefix)`;
  return z.string().check(z.regex(idPattern(kind), form)) as unknown as z.ZodMiniType<Id<K>, Id<K>>;
}

/** UUID text form (`018f2f2e-…`) of an id, for places that want RFC 9562 text such as the edge envelope. */
export const idToUuid = (id: string): string => stringifyUuid(idToBytes(id));
export const idFromUuid = <K extends IdKind>(kind: K, uuid: string): Id<K> => idFromBytes(kind, parseUuid(uuid));
