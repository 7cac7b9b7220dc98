import * as z from 'zod/mini';

/**
 * How a source tells its sender's requests from forged ones. Read by the edge, so on `zod/mini`. Formats and their sources:
 * `packages/signature/src/schemes/`.
 */

/** Seconds that a signed time may lie in the past or the future. */
const toleranceSeconds = z._default(z.int().check(z.minimum(30), z.maximum(3_600)), 300);
export const headerNameSchema = z.string().check(z.regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, 'a header name'));

export const macAlgorithms = ['sha256', 'sha384', 'sha512', 'sha1'] as const;
export const macEncodings = ['hex', 'base64', 'base64url'] as const;
export const keyEncodings = ['text', 'hex', 'base64'] as const;

/** A MAC of the sender's own kind. */
const hmac = z.strictObject({
  scheme: z.literal('hmac'),
  header: headerNameSchema,
  /** What stands before the signature in the header, for example `sha256=`. */
  prefix: z._default(z.string().check(z.maxLength(40)), ''),
  algorithm: z._default(z.enum(macAlgorithms), 'sha256'),
  encoding: z._default(z.enum(macEncodings), 'hex'),
  keyEncoding: z._default(z.enum(keyEncodings), 'text'),
  /** What is signed: text with `{body}`, `{timestamp}` and `{id}` in it. */
  template: z._default(
    z.string().check(z.maxLength(200), z.regex(/\{body\}/, 'it must hold {body}, or the body is not signed')),
    '{body}',
  ),
  timestampHeader: z._default(z.nullable(headerNameSchema), null),
  idHeader: z._default(z.nullable(headerNameSchema), null),
  toleranceSeconds,
});

export const verificationSchema = z.discriminatedUnion('scheme', [
  /** Whoever knows the address may send. An explicit choice, shown as such. */
  z.strictObject({ scheme: z.literal('none') }),
  /** `webhook-*` or `svix-*` headers, v1 and v1a; GitLab's signing tokens are the same. */
  z.strictObject({ scheme: z.literal('standard_webhooks'), toleranceSeconds }),
  z.strictObject({ scheme: z.literal('github'), allowSha1: z._default(z.boolean(), false) }),
  z.strictObject({ scheme: z.literal('stripe'), toleranceSeconds }),
  z.strictObject({ scheme: z.literal('slack'), toleranceSeconds }),
  z.strictObject({ scheme: z.literal('shopify') }),
  z.strictObject({ scheme: z.literal('twilio') }),
  z.strictObject({ scheme: z.literal('gitlab_token') }),
  z.strictObject({ scheme: z.literal('x') }),
  hmac,
  /** The secret is `user:password`. */
  z.strictObject({ scheme: z.literal('basic') }),
  z.strictObject({
    scheme: z.literal('token'),
    header: z._default(headerNameSchema, 'authorization'),
    prefix: z._default(z.string().check(z.maxLength(40)), 'Bearer '),
  }),
]);
export type Verification = z.infer<typeof verificationSchema>;
export type Scheme = Verification['scheme'];
export const verificationSchemes = [
  'none',
  'standard_webhooks',
  'github',
  'stripe',
  'slack',
  'shopify',
  'twilio',
  'gitlab_token',
  'x',
  'hmac',
  'basic',
  'token',
] as const satisfies Scheme[];

/** One live secret of a source. Two or more during a rotation; `id` says in the receipt which one matched. */
export interface VerificationSecret {
  id: string;
  value: string;
}

/** Why a request was refused. Its sender is told no more than that it was; the source's owner is told all. */
export const verificationCauses = [
  'signature_missing',
  'signature_malformed',
  'signature_mismatch',
  'timestamp_malformed',
  'timestamp_out_of_tolerance',
  'secret_missing',
  'address_not_allowed',
] as const;
export type VerificationCause = (typeof verificationCauses)[number];
