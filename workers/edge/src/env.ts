import { type EnvelopeKey, envelopeKey } from '@nexomatic/signature/edge-envelope';
import * as z from 'zod/mini';

export interface EdgeEnv {
  hubUrl: string;
  key: EnvelopeKey;
}

export type EnvOutcome = { outcome: 'valid'; env: EdgeEnv } | { outcome: 'invalid'; faults: string[] };

/** The key of the published test vector, and keys that are no more than one repeated byte. */
const knownKey = /^(?:000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f|(..)\1{31})$/i;

const schema = z.object({
  /** Base address of the hub; a path in it is kept. */
  HUB_URL: z.string('is missing').check(z.refine(isHttpUrl, 'is not an http or https address')),
  EDGE_KEY_ID: z
    .string('is missing')
    .check(z.regex(/^[A-Za-z0-9._-]{1,64}$/, 'is not 1 to 64 letters, digits and . _ -')),
  EDGE_KEY: z.string('is missing').check(
    z.regex(/^[0-9a-fA-F]{64}$/, 'is not 64 hex digits'),
    z.refine((hex) => !knownKey.test(hex), 'is a key that anybody can guess; make one with `openssl rand -hex 32`'),
  ),
});

/** Reads what the Worker was given; every fault is named at once, and no value is repeated. */
export function readEnv(bindings: unknown): EnvOutcome {
  const parsed = schema.safeParse(bindings);
  if (!parsed.success) {
    return {
      outcome: 'invalid',
      faults: parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`),
    };
  }
  const { HUB_URL, EDGE_KEY_ID, EDGE_KEY } = parsed.data;
  return { outcome: 'valid', env: { hubUrl: HUB_URL, key: envelopeKey(EDGE_KEY_ID, EDGE_KEY) } };
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
