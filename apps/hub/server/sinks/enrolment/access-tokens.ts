import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '@nexomatic/clock';
import { accessTokenMs, challengeMs } from '@nexomatic/contracts/enrolment-api';
import { type Id, idFromBytes, idToBytes } from '@nexomatic/contracts/id';
import { tokenPrefixes } from '../../auth/tokens.ts';
import type { Keyring } from '../../keyring/keyring.ts';

/** What an access token says once its seal was found good. Whether that sink may still come in is another question. */
export interface AccessClaim {
  tenantId: Id<'tenant'>;
  sinkId: Id<'sink'>;
  /** Of the key that proved it: with another key, everything that the old one proved ends. */
  keyPrint: Buffer;
}

/** Access tokens and challenges, sealed and never stored: any hub with the same keyring reads what another one made. */
export interface AccessTokens {
  /** A nonce for that sink to sign. */
  challenge(sinkId: Id<'sink'>): string;
  /** Whether this is a challenge for that sink, and can still be answered. */
  isOpen(sinkId: Id<'sink'>, nonce: string): boolean;
  mint(claim: AccessClaim): string;
  /** Null for one that is none, or has ended. */
  read(token: string): AccessClaim | null;
}

const macBytes = 24;
const printBytes = 8;

export function createAccessTokens({
  keyring,
  clock,
}: {
  keyring: Pick<Keyring, 'derive'>;
  clock: Clock;
}): AccessTokens {
  const tokenSeal = createSeal(keyring.derive('sink access tokens'));
  const nonceSeal = createSeal(keyring.derive('sink challenges'));
  const inSeconds = (ms: number) => Math.ceil((clock.now() + ms) / 1_000);
  const hasEnded = (until: number) => until * 1_000 <= clock.now();

  return {
    challenge(sinkId) {
      const body = Buffer.concat([randomBytes(16), uint32(inSeconds(challengeMs))]);
      return nonceSeal.close(body, idToBytes(sinkId)).toString('base64url');
    },
    isOpen(sinkId, nonce) {
      const body = nonceSeal.open(decode(nonce), idToBytes(sinkId));
      return body?.length === 20 && !hasEnded(body.readUInt32BE(16));
    },
    mint({ tenantId, sinkId, keyPrint }) {
      const until = uint32(inSeconds(accessTokenMs));
      const body = Buffer.concat([idToBytes(tenantId), idToBytes(sinkId), until, keyPrint]);
      return tokenPrefixes.sinkAccess + tokenSeal.close(body).toString('base64url');
    },
    read(token) {
      const body = tokenSeal.open(decode(token.slice(tokenPrefixes.sinkAccess.length)));
      if (body?.length !== 36 + printBytes || hasEnded(body.readUInt32BE(32))) return null;
      return {
        tenantId: idFromBytes('tenant', body.subarray(0, 16)),
        sinkId: idFromBytes('sink', body.subarray(16, 32)),
        keyPrint: body.subarray(36),
      };
    },
  };
}

/** Only the text that those bytes are written as: the last digit has bits that stand for nothing, and Node passes over them. */
function decode(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : Buffer.alloc(0);
}

/** What a token says of the key that proved it. */
export const keyPrintOf = (signKey: Uint8Array): Buffer =>
  createHash('sha256').update(signKey).digest().subarray(0, printBytes);

/** `subject`: what the seal is also about without repeating it. */
function createSeal(keys: readonly Uint8Array[]) {
  const [primary = new Uint8Array()] = keys;
  const macOf = (key: Uint8Array, body: Uint8Array, subject: Uint8Array): Buffer =>
    createHmac('sha256', key).update(subject).update(body).digest().subarray(0, macBytes);
  const none = new Uint8Array();
  return {
    close: (body: Buffer, subject: Uint8Array = none): Buffer => Buffer.concat([body, macOf(primary, body, subject)]),
    open(sealed: Buffer, subject: Uint8Array = none): Buffer | null {
      if (sealed.length <= macBytes) return null;
      const [body, mac] = [sealed.subarray(0, -macBytes), sealed.subarray(-macBytes)];
      return keys.some((key) => timingSafeEqual(macOf(key, body, subject), mac)) ? body : null;
    },
  };
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
