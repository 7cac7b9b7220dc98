import * as z from 'zod';
import { instant, named } from './definition-api.ts';
import { nameSchema } from './event-api.ts';
import { idSchema } from './id.ts';
import { sinkLabels } from './sink-labels.ts';
import { sinkRuntimes } from './sink-protocol.ts';

/** Join tokens: what a machine is let in by as a new sink. */

/** A token is pasted into a terminal or a manifest: it lives long enough for that. */
export const joinTokenMinutes = 30;
export const maxJoinTokenUses = 1_000;
export const joinTokenStates = ['open', 'used', 'expired', 'revoked'] as const;

export const joinTokenRef = z.strictObject({ id: idSchema('joinToken') });

export const createJoinTokenInput = z
  .strictObject({
    sinkTypeId: idSchema('sinkType'),
    uses: z.int().min(1).max(maxJoinTokenUses).default(1).describe('how many sinks may join with it'),
    name: nameSchema.optional().describe('of the sink; without it the machine’s own name is taken'),
    labels: sinkLabels.default({}).describe('given to every sink that joins'),
  })
  .refine(({ uses, name }) => uses === 1 || name === undefined, {
    path: ['name'],
    error: 'can only be given for one sink; leave it out for more uses',
  });
export type CreateJoinToken = z.infer<typeof createJoinTokenInput>;

export const joinTokenSummary = z.object({
  id: idSchema('joinToken'),
  hint: z.string().describe('its last characters'),
  state: z.enum(joinTokenStates),
  type: z.object({ id: idSchema('sinkType'), name: z.string(), runtime: z.enum(sinkRuntimes) }),
  name: z.string().nullable(),
  labels: sinkLabels,
  uses: z.int(),
  usesLeft: z.int(),
  createdBy: named(idSchema('user')).nullable().describe('null when a program made it'),
  createdAt: instant,
  expiresAt: instant,
});
export type JoinTokenSummary = z.infer<typeof joinTokenSummary>;

export const joinTokenDetail = joinTokenSummary.extend({
  joined: z.array(named(idSchema('sink'))).describe('the sinks that joined with it, oldest first; 100 at most'),
});
export type JoinTokenDetail = z.infer<typeof joinTokenDetail>;

export const createdJoinToken = joinTokenSummary.extend({
  value: z.string().describe('`nxj_…`, shown this once'),
  url: z.url().describe('the same with the hub’s address: what `nexomatic-sink join` takes'),
});
export type CreatedJoinToken = z.infer<typeof createdJoinToken>;

export const listJoinTokensInput = z.strictObject({
  limit: z.int().min(1).max(200).default(100),
  cursor: z.string().pipe(idSchema('joinToken')).optional().describe('`nextCursor` of the page before'),
});
export const listJoinTokensOutput = z.object({
  tokens: z.array(joinTokenSummary),
  nextCursor: z.nullable(idSchema('joinToken')),
});
