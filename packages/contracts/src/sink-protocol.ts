import * as z from 'zod';
import { eventReasonSchema } from './event-state.ts';
import { idSchema } from './id.ts';
import { ticketSchema } from './ticket.ts';
import { type WireBytes, wireBytesSchema } from './wire-bytes.ts';

/**
 * What a sink and the hub say to each other, whatever transport brought the ticket. Every call takes many items and
 * answers one outcome for each, in the same order, so that concurrent attempts share one round trip.
 */

/** Lease of a running attempt, in milliseconds: renewed by the agent process, never by the module. */
export const leaseMs = 15_000;
export const renewEveryMs = 5_000;
/** The agent ends the module this long before a lease that it could not renew runs out. */
export const fenceMarginMs = 3_000;

/** 32 bytes, base64url. */
export const publicKey = z.string().regex(/^[A-Za-z0-9_-]{43}$/, { error: 'is not 32 bytes in base64url' });

const attemptRef = { eventId: idSchema('event'), attempt: z.int().positive() };

export const sinkRuntimes = ['PYTHON', 'POWERSHELL', 'CUSTOM'] as const;
export type SinkRuntime = (typeof sinkRuntimes)[number];

/** `gateway`: the sink leases from the hub over HTTPS. `direct`: it takes tickets off Redis itself. */
export const sinkTransports = ['gateway', 'direct'] as const;
export type SinkTransport = (typeof sinkTransports)[number];

export const helloInput = z.object({
  version: z.string().max(40),
  hostname: z.string().max(200),
  platform: z.string().max(100),
  slots: z.int().min(1).max(10_000),
  /** Interpreter version, for example `3.11.2`. */
  runtimeVersion: z.string().max(40).optional(),
  transport: z.enum(sinkTransports).default('gateway'),
  /** Version of BullMQ, for the transport `direct`: it must be the hub's own. */
  bullmq: z.string().max(40).optional(),
  /** The same process introduces itself again, to be let in by Redis: what it does goes on. */
  again: z.boolean().optional(),
  /** X25519, made by this process: of a sink with a standing token, which has no keys of its own. */
  boxKey: publicKey.optional(),
});
export const helloOutput = z.object({
  sinkId: idSchema('sink'),
  tenantId: idSchema('tenant'),
  name: z.string(),
  /** Name of its sink type. */
  type: z.string(),
  runtime: z.enum(sinkRuntimes),
  /** It is to take no work until it is resumed. */
  paused: z.boolean(),
  /** Queues to take tickets from: the one of the sink type, and the sink's own. */
  queues: z.array(z.object({ prefix: z.string(), name: z.string() })),
  /** Log may come packed; hubs before this took it plain alone. */
  packedLogs: z.boolean().optional(),
  /** Where to take them, and as whom; for the transport `direct`. */
  redis: z.object({ url: z.string(), username: z.string(), password: z.string() }).optional(),
});
export type Hello = z.input<typeof helloInput>;
export type HelloAnswer = z.infer<typeof helloOutput>;

export const parameterSchema = z.object({
  key: z.string(),
  kind: z.enum(['STATIC', 'DATA']),
  /** Where it was declared; the event type wins over the action on the same key. */
  origin: z.enum(['event_type', 'action']),
  /** JSON text of the value, so that numbers keep every digit. */
  json: z.string(),
});
export type ResolvedParameter = z.infer<typeof parameterSchema>;

/** A secret that an attempt may read; its value comes by `releaseSecrets`. */
export const secretUse = z.object({
  /** Of the SECRET parameter: what the module asks for. */
  key: z.string(),
  name: z.string(),
  version: z.int().positive(),
});
export type SecretUse = z.infer<typeof secretUse>;

/** What an attempt was given, as it is kept: of secrets the names, never the values. */
export const storedParameter = z.discriminatedUnion('kind', [
  parameterSchema,
  secretUse.extend({ kind: z.literal('SECRET'), origin: parameterSchema.shape.origin }),
]);
export type StoredParameter = z.infer<typeof storedParameter>;

export const assignmentSchema = z.object({
  outcome: z.literal('claimed'),
  ...attemptRef,
  eventType: z.string(),
  /** Python import path (`my_module.runner`), or whatever the runtime takes as a module. */
  module: z.string(),
  parameters: z.array(parameterSchema),
  /** Secrets that have to be asked for before the module starts; absent where there are none. */
  secrets: z.array(secretUse).optional(),
  payload: wireBytesSchema,
  contentType: z.string(),
  timeoutMs: z.int().positive(),
  /** Bytes of log that are kept of the attempt. */
  logLimitBytes: z.int().positive().optional(),
  rootId: idSchema('event'),
  traceId: z.string(),
});
export type Assignment = z.infer<typeof assignmentSchema>;

/**
 * `gone`: somebody else claimed it, it is finished, or this ticket belongs to another attempt: drop it.
 * `refused`: the event ended in ERROR before any code ran (a parameter was missing, …).
 * `paused`: this sink is to take no work; the ticket goes back to its queue.
 */
export const claimOutcomeSchema = z.discriminatedUnion('outcome', [
  assignmentSchema,
  z.object({ outcome: z.literal('gone'), ...attemptRef }),
  z.object({ outcome: z.literal('paused'), ...attemptRef }),
  z.object({ outcome: z.literal('refused'), ...attemptRef, reason: eventReasonSchema, message: z.string() }),
]);
export type ClaimOutcome = z.infer<typeof claimOutcomeSchema>;
export const claimInput = z.object({ tickets: z.array(ticketSchema).min(1).max(500) });
export const claimOutput = z.object({ outcomes: z.array(claimOutcomeSchema) });

/**
 * Asks for the secrets of attempts that this sink holds. Each attempt's are given out once, so whoever has missed the answer
 * gives the attempt back: the next attempt has a release of its own.
 */
export const releaseSecretsInput = z.object({ attempts: z.array(z.object(attemptRef)).min(1).max(500) });

/**
 * - `already_released`: they were given out before, for this very attempt.
 * - `changed`: since the claim a secret was deleted, set anew, or its grant was taken away. The next claim decides.
 * - `not_held`: the attempt is not this sink's, or not the event's present one.
 * - `unreadable`: the hub can't open a value, or has no key of this sink to seal it to.
 */
export const releaseRefusals = ['already_released', 'changed', 'not_held', 'unreadable'] as const;
export type ReleaseRefusal = (typeof releaseRefusals)[number];
export const releaseOutcomeSchema = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('released'),
    /** Base64 of a sealed box to this sink's X25519 key; inside is what `release-box.ts` tells. */
    box: z.string(),
    /** Secrets that are end-to-end, by the parameter's key: base64 as whoever set them sealed them to this sink. */
    sealed: z.array(z.object({ key: z.string(), box: z.string() })).optional(),
  }),
  z.object({ outcome: z.literal('refused'), reason: z.enum(releaseRefusals), message: z.string() }),
]);
export type ReleaseOutcome = z.infer<typeof releaseOutcomeSchema>;

/** How long a sink may let the hub wait for work. */
export const longestTakeMs = 25_000;
/** Claims in one answer. */
export const mostTaken = 200;

/** Asks for work (transport `gateway`): the hub takes tickets, claims their events for this sink, and answers the claims. */
export const takeInput = z.object({
  /** Names this process of the agent. It asks once at a time: a later call ends the one before. */
  session: z.uuid(),
  /** 0 only ends the call before: what that one has claimed is still answered to it. */
  slotsFree: z.int().min(0).max(10_000),
  /** Answered at once if there is anything, and empty after this long. */
  waitMs: z.int().min(0).max(longestTakeMs),
  /**
   * Given while the answer to an earlier call may have been lost: everything that this process holds. What it was given
   * beside that goes back to the queue.
   */
  holding: z.array(z.object(attemptRef)).max(20_000).optional(),
});
export type Take = z.infer<typeof takeInput>;
export const takeOutput = z.object({ outcomes: z.array(claimOutcomeSchema) });

/** `lost`: the attempt is no longer this sink's; its module must be ended and no result sent. */
export const renewInput = z.object({ attempts: z.array(z.object(attemptRef)).max(1_000) });
export const renewOutput = z.object({ outcomes: z.array(z.enum(['renewed', 'cancel', 'lost'])) });

export const logChannels = ['record', 'stdout', 'stderr'] as const;
export type LogChannel = (typeof logChannels)[number];

/** Bytes of a chunk at most, unpacked: what grows beyond is refused. Agents send 64 KiB, and records whole. */
export const maxChunkBytes = 1024 * 1024;

/** What numbers of chunks and of lines are below of. */
const maxLogCount = 2 ** 31;

/**
 * A piece of an attempt's log. `seq` counts from 1 over all channels of the attempt without gaps; sending a number
 * again changes nothing. Channel `record` holds NDJSON of `logRecordSchema`, the others raw bytes of the process.
 */
export const logChunkSchema = z.object({
  ...attemptRef,
  seq: z.int().positive(),
  channel: z.enum(logChannels),
  /** When the agent read the first byte, milliseconds since the epoch. */
  at: z.int(),
  /** `gzip`: base64 of them packed. */
  bytes: z.union([wireBytesSchema, z.object({ gzip: z.string() })]),
  /** Line feeds of the log before this chunk, in what was lost too: so that lost lines can be named. */
  linesBefore: z.int().nonnegative().max(maxLogCount).optional(),
  /** Number of the chunk whose last line of this channel goes on here; 0 where the chunk begins with a line. */
  continues: z.int().nonnegative().max(maxLogCount).optional(),
  /**
   * The chunk is no output of the module: its record says what was lost here. `lines` of it are not there; where it is 0 the
   * record is a line of its own, and counts as one.
   */
  lost: z.object({ lines: z.int().nonnegative().max(maxLogCount), why: z.string().max(200) }).optional(),
});
export type LogChunk = z.infer<typeof logChunkSchema>;
/** One that is not packed. */
export type PlainLogChunk = Omit<LogChunk, 'bytes'> & { bytes: WireBytes };
export const appendLogInput = z.object({ chunks: z.array(logChunkSchema).min(1).max(1_000) });
/** `refused`: this sink doesn't hold that attempt, or the attempt is finished. */
export const appendLogOutput = z.object({ outcomes: z.array(z.enum(['stored', 'refused'])) });

export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];
export const logRecordSchema = z.object({
  at: z.int(),
  level: z.enum(logLevels),
  message: z.string(),
  fields: z.record(z.string(), z.unknown()).optional(),
});
export type LogRecord = z.infer<typeof logRecordSchema>;

export const maxResultBytes = 1024 * 1024;

/** How an attempt ended. One shape for good and bad ends; facts that don't apply are left out. */
export const reportSchema = z.object({
  ...attemptRef,
  state: z.enum(['SUCCESS', 'WARNING', 'ERROR']),
  reason: z.optional(eventReasonSchema),
  /** One line for lists: the exception's last line, or the text of the first warning. */
  message: z.string().max(2_000).optional(),
  /** JSON bytes of the result; absent means null. */
  result: z.optional(wireBytesSchema),
  exitCode: z.int().optional(),
  /** Highest log number that was sent, so that a reader knows when it has everything. */
  lastLogSeq: z.int().nonnegative(),
  /** Lines of the log, with those that were lost. */
  lastLogLine: z.int().nonnegative().max(maxLogCount).optional(),
});
export type Report = z.infer<typeof reportSchema>;
export const recordInput = z.object({ reports: z.array(reportSchema).min(1).max(500) });
/**
 * `already`: this very attempt had been recorded, nothing changed. `stale`: the attempt is not the event's present
 * one, or is not this sink's; nothing changed but a note in the event's activity.
 */
export const recordOutput = z.object({ outcomes: z.array(z.enum(['recorded', 'already', 'stale'])) });
export type RecordOutcome = z.infer<typeof recordOutput>['outcomes'][number];

/** Why a sink gives an attempt back: it stops, or nothing was run because the attempt's secrets did not reach it. */
export const handBackReasons = ['stopping', 'no_secrets'] as const;
export type HandBackReason = (typeof handBackReasons)[number];
/** Gives unfinished attempts back; the hub queues them again without counting a failure. */
export const handBackInput = z.object({
  attempts: z.array(z.object({ ...attemptRef, why: z.enum(handBackReasons).default('stopping') })).max(1_000),
});
export const handBackOutput = z.object({ outcomes: z.array(z.enum(['queued', 'stale'])) });

/** A sink says every 5 s that it is there; after this long without a word it is shown as OFFLINE. */
export const silentAfterMs = 20_000;

const part = z.number().min(0).max(1);
/** How busy the machine is, as parts of the whole. */
export const machineLoad = z.object({ cpu: part, memory: part });
/** What the agent's own process uses: part of one processor, and bytes. */
export const agentUse = z.object({ cpu: z.number().min(0), memoryBytes: z.int().nonnegative() });
/** What waits on the sink's disk for the hub; `full`: log that comes now is dropped. */
export const spoolUse = z.object({ bytes: z.int().nonnegative(), full: z.boolean() });

/**
 * How an agent keeps what it runs apart from its machine. `namespace`: processes that see only themselves and end together.
 * `bubblewrap`: that, and no file can be written but in the working folder, nor what is the agent's own be read.
 */
export const isolationProfiles = ['none', 'namespace', 'bubblewrap'] as const;
export type IsolationProfile = (typeof isolationProfiles)[number];

export const heartbeatInput = z.object({
  slotsBusy: z.int().nonnegative(),
  stopping: z.boolean(),
  /** The agent's clock, milliseconds since the epoch. */
  at: z.int().optional(),
  machine: machineLoad.optional(),
  agent: agentUse.optional(),
  spool: spoolUse.optional(),
  isolation: z.enum(isolationProfiles).optional(),
});
export type Heartbeat = z.infer<typeof heartbeatInput>;
/**
 * - `checks`: secrets that somebody wants this sink to try, if there are any; each is told once.
 * - `shares`: it has values that other sinks wait for; told until they have them.
 */
export const heartbeatOutput = z.object({ checks: z.array(z.string()).optional(), shares: z.boolean().optional() });
export type HeartbeatAnswer = z.infer<typeof heartbeatOutput>;
