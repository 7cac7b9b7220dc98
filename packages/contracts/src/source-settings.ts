import * as z from 'zod/mini';
import { maxBodyBytes } from './envelope.ts';
import { idSchema } from './id.ts';
import { headerNameSchema, verificationSchema } from './verification.ts';

/**
 * What a webhook source does with a request: whom it believes, what it takes, what it fires. One document, kept as JSON with
 * the source; what is left out has the value shown here. The edge reads a part of it, so it is on `zod/mini`.
 */

/** A member of the body by JSON Pointer (RFC 6901), for example `/repository/full_name`. */
export const pointerSchema = z
  .string()
  .check(
    z.maxLength(300),
    z.regex(/^(?:\/(?:[^~/]|~[01])*){1,32}$/, 'a JSON Pointer, for example /repository/full_name'),
  );

export const conditionOperators = [
  'equals',
  'not_equals',
  'one_of',
  'starts_with',
  'ends_with',
  'contains',
  'exists',
  'missing',
  'above',
  'below',
] as const;

/**
 * One condition of a route. Text is compared as it stands; a number, `true`, `false` and `null` of a body by its JSON text.
 * There are no regular expressions: what a sender sends must not decide how long comparing takes.
 */
export const conditionSchema = z
  .strictObject({
    in: z.enum(['header', 'body']),
    /** Name of the header, or JSON Pointer into the body. */
    at: z.string().check(z.minLength(1), z.maxLength(300)),
    is: z.enum(conditionOperators),
    /** What it is compared with: one, for `one_of` any number up to 50, none for `exists` and `missing`. */
    values: z._default(z.array(z.string().check(z.maxLength(500))).check(z.maxLength(50)), []),
  })
  .check(
    z.refine(({ in: where, at }) => (where === 'header' ? headerNameSchema : pointerSchema).safeParse(at).success, {
      path: ['at'],
      error: 'a header name, or a JSON Pointer such as /action',
    }),
    z.refine(({ is, values }) => valueCounts(is).includes(Math.min(values.length, 2)), {
      path: ['values'],
      error: '`exists` and `missing` take no value, `one_of` one or more, all others exactly one',
    }),
    z.refine(
      ({ is, values }) =>
        !['above', 'below'].includes(is) || values.every((value) => /^-?\d{1,15}(\.\d{1,15})?$/.test(value)),
      {
        path: ['values'],
        error: '`above` and `below` take a number',
      },
    ),
  );
export type Condition = z.infer<typeof conditionSchema>;

function valueCounts(is: (typeof conditionOperators)[number]): number[] {
  if (is === 'exists' || is === 'missing') return [0];
  return is === 'one_of' ? [1, 2] : [1];
}

/** All conditions hold → this event type. */
export const routeSchema = z.strictObject({
  when: z.array(conditionSchema).check(z.minLength(1), z.maxLength(10)),
  eventTypeId: idSchema('eventType'),
});

/** Which requests are one delivery: a second one is answered like the first and fires nothing. */
export const dedupeSchema = z.discriminatedUnion('by', [
  /** Where the sender of this scheme puts its delivery id; the same as `none` where it has none. */
  z.strictObject({ by: z.literal('provider') }),
  z.strictObject({ by: z.literal('header'), header: headerNameSchema }),
  z.strictObject({ by: z.literal('pointers'), pointers: z.array(pointerSchema).check(z.minLength(1), z.maxLength(5)) }),
  z.strictObject({ by: z.literal('body') }),
  z.strictObject({ by: z.literal('none') }),
]);

const object = <S extends z.core.$ZodShape>(shape: S) => z.prefault(z.strictObject(shape), {} as never);

export const sourceSettingsSchema = z.strictObject({
  verification: z._default(verificationSchema, { scheme: 'none' as const }),
  /** Ranges that senders come from, in CIDR form; none: from anywhere. */
  allowedAddresses: z._default(z.array(z.string().check(z.minLength(1), z.maxLength(49))).check(z.maxLength(100)), []),
  handshakes: object({
    /** Answer Event Grid's `SubscriptionValidation`. */
    eventGrid: z._default(z.boolean(), false),
    /** Answer CloudEvents' `OPTIONS`. */
    cloudEvents: z._default(z.boolean(), false),
  }),
  dedupe: z._default(dedupeSchema, { by: 'provider' as const }),
  /** For how many days a delivery is remembered. */
  dedupeDays: z._default(z.int().check(z.minimum(1), z.maximum(30)), 7),
  routing: object({
    routes: z._default(z.array(routeSchema).check(z.maxLength(50)), []),
    /** Whether the first route that matches fires, or every one. */
    match: z._default(z.enum(['first', 'all']), 'first'),
    /** Let headers decide although the signature does not cover them. */
    trustUnsigned: z._default(z.boolean(), false),
  }),
  content: object({
    /** Take any bytes of any type, unparsed. */
    raw: z._default(z.boolean(), false),
    /** Take `gzip`, `deflate` and `br` bodies; unpacked they are held to the same limit. */
    decompress: z._default(z.boolean(), false),
    /** Whether a compressed body was signed as it travels or as it unpacks. */
    signedAs: z._default(z.enum(['wire', 'decoded']), 'wire'),
  }),
  limits: object({
    maxBodyBytes: z._default(z.int().check(z.minimum(1_024), z.maximum(maxBodyBytes)), 1_048_576),
    /** Requests a second, in the long run. */
    perSecond: z._default(z.int().check(z.minimum(1), z.maximum(100_000)), 500),
    /** Requests that may come at once. */
    burst: z._default(z.int().check(z.minimum(1), z.maximum(100_000)), 1_000),
  }),
});
export type SourceSettings = z.infer<typeof sourceSettingsSchema>;

/** What a source without settings does. */
export const defaultSourceSettings: SourceSettings = sourceSettingsSchema.parse({});

/** Schemes whose signature speaks for the body (or the body and an id) alone: headers may have been added by anybody. */
export const schemesOfBodyAlone = [
  'standard_webhooks',
  'github',
  'stripe',
  'slack',
  'shopify',
  'twilio',
  'x',
  'hmac',
] as const satisfies SourceSettings['verification']['scheme'][];

/** Most secrets of a source that are live at once: a new one, and old ones during a rotation. */
export const maxLiveSecrets = 11;
