import * as z from 'zod';
import { description, instant, listInput, nextCursor } from './definition-api.ts';
import { confirmLoss, sinkSealKey } from './end-to-end-api.ts';
import { nameSchema } from './event-api.ts';
import { idSchema } from './id.ts';
import { moduleInventory } from './module-inventory.ts';
import { sinkLabels } from './sink-labels.ts';
import { agentUse, isolationProfiles, machineLoad, sinkRuntimes, sinkTransports, spoolUse } from './sink-protocol.ts';

/** Sinks in the API: the agents that run modules. They come by enrolment; a call makes only those that have a standing token. */

export const sinkStatuses = [
  'ONLINE',
  'OFFLINE',
  'PAUSED',
  'DRAINING',
  'RESETTING',
  'KILLING',
  'FORCE_KILLING',
] as const;
export type SinkStatus = (typeof sinkStatuses)[number];

export const sinkRef = z.strictObject({ id: idSchema('sink') });
export const updateSinkInput = z.strictObject({ id: idSchema('sink'), name: nameSchema, description });
export type UpdateSink = z.infer<typeof updateSinkInput>;
export const removeSinkInput = z.strictObject({
  id: idSchema('sink'),
  force: z
    .boolean()
    .default(false)
    .describe('remove it also while it runs events: they count as lost when their leases end'),
  confirmLoss: confirmLoss.optional(),
});
export const revokeSinkInput = sinkRef.extend({ confirmLoss: confirmLoss.optional() });
export type RemoveSink = z.infer<typeof removeSinkInput>;

export const sinkPresence = z.object({
  slotsBusy: z.int(),
  machine: machineLoad.nullable().describe('parts of its processors and memory that are in use'),
  agent: agentUse.nullable().describe('what the agent itself uses'),
  spool: spoolUse.nullable().describe('results and log that wait on its disk for the hub'),
  isolation: z.enum(isolationProfiles).nullable().describe('how it keeps what it runs apart from its machine'),
  clockSkewMs: z.int().nullable().describe('how far its clock is ahead of the hub’s'),
});
export type SinkPresence = z.infer<typeof sinkPresence>;

export const sinkSummary = z.object({
  id: idSchema('sink'),
  name: z.string(),
  description: z.string(),
  type: z.object({ id: idSchema('sinkType'), name: z.string(), runtime: z.enum(sinkRuntimes) }),
  status: z.enum(sinkStatuses),
  pausedAt: instant.nullable().describe('since when it takes no work, by somebody’s wish; outlives restarts'),
  lastSeenAt: instant.nullable().describe('within 5 seconds; null before its first start'),
  presence: sinkPresence
    .nullable()
    .describe('what it said of itself last, every 5 seconds; null once it is silent for 20'),
  slots: z.int().describe('events that it runs at once'),
  running: z.int().describe('events that it runs now'),
  waiting: z.int().describe('events that wait for a sink of its type; 1,001 at most'),
  version: z.string().nullable(),
  hostname: z.string().nullable(),
  platform: z.string().nullable(),
  runtimeVersion: z.string().nullable(),
  transport: z.enum(sinkTransports).nullable().describe('null before its first start'),
  labels: sinkLabels,
  credential: z
    .enum(['keys', 'token', 'revoked'])
    .describe('keys of its own, a standing token, or none any more: it must join anew'),
  sealKey: sinkSealKey
    .nullable()
    .describe('what is meant for it alone is sealed to; null without keys of its own, which last'),
  createdAt: instant,
});
export type SinkSummary = z.infer<typeof sinkSummary>;

export const createSinkInput = z.strictObject({
  sinkTypeId: idSchema('sinkType'),
  name: nameSchema.describe('that of a revoked sink of this type brings that one back'),
  description: description.default(''),
  labels: sinkLabels.default({}),
});
export type CreateSink = z.infer<typeof createSinkInput>;
export const createdSink = sinkSummary.extend({
  token: z.string().describe('`nxs_…`, shown this once: what the agent is given as NEXOMATIC_SINK_TOKEN'),
});
export type CreatedSink = z.infer<typeof createdSink>;

export const sinkDetail = sinkSummary.extend({
  runningEvents: z
    .array(z.object({ id: idSchema('event'), type: z.string(), startedAt: instant }))
    .describe('what it runs now, oldest first; 50 at most'),
  inventory: moduleInventory.nullable().describe('the modules that it can run; null before it told'),
});
export type SinkDetail = z.infer<typeof sinkDetail>;

export const listSinksInput = z.strictObject({
  ...listInput.shape,
  type: z.string().max(100).optional().describe('name of a sink type'),
  status: z.enum(sinkStatuses).optional(),
});
export type ListSinks = z.infer<typeof listSinksInput>;
export const listSinksOutput = z.object({ sinks: z.array(sinkSummary), nextCursor });
