import * as z from 'zod';
import { confirmLoss } from './end-to-end-api.ts';
import { nameSchema } from './event-api.ts';
import { idSchema } from './id.ts';
import { sinkLabels } from './sink-labels.ts';
import { publicKey, sinkRuntimes } from './sink-protocol.ts';

/**
 * How a machine becomes a sink, and how it proves later that it is that one. The agent makes its keys and keeps the private
 * halves; whatever is signed begins with a word of its own, so that no signature can be passed off as another.
 */

/** How long an access token lasts. The agent asks for the next before this one ends. */
export const accessTokenMs = 10 * 60_000;
/** How long a challenge may be answered. */
export const challengeMs = 60_000;

/** 64 bytes, base64url. */
const signature = z.string().regex(/^[A-Za-z0-9_-]{86}$/, { error: 'is not an Ed25519 signature in base64url' });

export const joinTokenPattern = /^nxj_[A-Za-z0-9_-]{43}$/;

export const joinInput = z.strictObject({
  token: z.string().max(100),
  signKey: publicKey.describe('Ed25519'),
  boxKey: publicKey.describe('X25519'),
  proof: signature.describe('by signKey over `joinProofText`: whoever joins holds the key'),
  name: nameSchema.optional().describe('where the token gives none; the hostname without it'),
  labels: sinkLabels.default({}),
  hostname: z.string().min(1).max(200),
  platform: z.string().max(100),
  version: z.string().max(40),
});
export type Join = z.infer<typeof joinInput>;

export const joinOutput = z.object({
  sinkId: idSchema('sink'),
  name: z.string(),
  type: z.object({ name: z.string(), runtime: z.enum(sinkRuntimes) }),
  tenant: z.object({ id: idSchema('tenant'), name: z.string() }),
  hub: z.object({ url: z.string(), version: z.string() }),
});
export type Joined = z.infer<typeof joinOutput>;

export const challengeInput = z.strictObject({ sinkId: idSchema('sink') });
export const challengeOutput = z.object({ nonce: z.string() });

export const accessTokenInput = z.strictObject({
  sinkId: idSchema('sink'),
  nonce: z.string().max(100),
  signature: signature.describe('by the sink’s signKey over `challengeText`'),
});
export const accessTokenOutput = z.object({
  token: z.string(),
  /** So that an agent whose clock is wrong still renews in time. */
  expiresInMs: z.int(),
});
export type AccessToken = z.infer<typeof accessTokenOutput>;

/** A sink leaves by itself. */
export const leaveInput = z.strictObject({ confirmLoss: confirmLoss.optional() }).optional();

export const rotateKeyInput = z.strictObject({
  signKey: publicKey,
  boxKey: publicKey,
  proof: signature.describe('by the new signKey over `rotationProofText`'),
});
export type RotateKey = z.infer<typeof rotateKeyInput>;

/** `tokenHash`: SHA-256 of the join token, base64url. */
export const joinProofText = (tokenHash: string, signKey: string, boxKey: string): string =>
  `nxj1\n${tokenHash}\n${signKey}\n${boxKey}`;
export const challengeText = (sinkId: string, nonce: string): string => `nxc1\n${sinkId}\n${nonce}`;
export const rotationProofText = (sinkId: string, signKey: string, boxKey: string): string =>
  `nxr1\n${sinkId}\n${signKey}\n${boxKey}`;
