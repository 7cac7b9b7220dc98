import * as z from 'zod';
import { instant, nextCursor } from './definition-api.ts';
import { idSchema } from './id.ts';

/** Control signals: what people have a sink do, and what came of it. */

/**
 * - `pause`: takes no work until it is resumed, also after a restart; what runs goes on.
 * - `resume`: takes work again, and goes on where it was to drain, reset or be killed but is not done.
 * - `drain`: takes no more, finishes what runs, and exits with 0.
 * - `reset`: takes no more, finishes what runs, and connects anew in the same process.
 * - `kill`: takes no more, finishes what runs, exits with 76, and is not started again by its service manager.
 * - `force_kill`: ends what runs now (SIGTERM, ten seconds, SIGKILL), hands it back to the queue, and exits with 76.
 * - `cancel_attempt`: ends one attempt (SIGTERM, ten seconds, SIGKILL). It comes of cancelling an event that runs.
 */
export const signalKinds = ['pause', 'resume', 'drain', 'reset', 'kill', 'force_kill', 'cancel_attempt'] as const;
export type SignalKind = (typeof signalKinds)[number];

/** What people send to a sink as a whole. */
export const sinkCommands = ['pause', 'resume', 'drain', 'reset', 'kill', 'force_kill'] as const;
export type SinkCommand = (typeof sinkCommands)[number];

/** `sent`: the hub keeps it. `received`: the agent has it, and acts. `done`: nothing more comes of it. */
export const signalStates = ['sent', 'received', 'done'] as const;
export type SignalState = (typeof signalStates)[number];

/**
 * What a signal that is done came to.
 *
 * - `done`: the agent did it.
 * - `failed`: the agent could not do it; `detail` says why.
 * - `replaced`: a later signal said otherwise first.
 * - `expired`: the agent was not reached in time. `pause` and `resume` don't expire: they are a fact of the sink.
 */
export const signalOutcomes = ['done', 'failed', 'replaced', 'expired'] as const;
export type SignalOutcome = (typeof signalOutcomes)[number];

/** An agent acts within a second; after this long without a word something is wrong. */
export const unheardAfterMs = 10_000;
/** What is meant for the process that runs now is worth nothing to the one that is started an hour later. */
export const signalExpiresMs = 10 * 60_000;

export const sendSignalInput = z.strictObject({ id: idSchema('sink'), kind: z.enum(sinkCommands) });
export type SendSignal = z.infer<typeof sendSignalInput>;

export const signalSummary = z.object({
  id: idSchema('signal'),
  kind: z.enum(signalKinds),
  state: z.enum(signalStates),
  outcome: z.enum(signalOutcomes).nullable().describe('null until it is done'),
  detail: z.string().describe('what the agent, or the hub, has to say about it'),
  event: z
    .object({ id: idSchema('event'), attempt: z.int() })
    .nullable()
    .describe('whose attempt is cancelled; null for what concerns the sink as a whole'),
  by: z.string().describe('`user:<name>`, `apiToken:<name>`, `sink:<name>` for the machine itself, or `hub`'),
  sentAt: instant,
  receivedAt: instant.nullable(),
  doneAt: instant.nullable(),
  late: z
    .object({ from: instant, text: z.string() })
    .nullable()
    .describe('what to say if it is in this state still at that time; null where there is no reason to worry'),
});
export type SignalSummary = z.infer<typeof signalSummary>;

export const listSignalsInput = z.strictObject({
  id: idSchema('sink'),
  limit: z.int().min(1).max(200).default(50),
  cursor: z.string().pipe(idSchema('signal')).optional().describe('`nextCursor` of the page before'),
});
export type ListSignals = z.infer<typeof listSignalsInput>;
export const listSignalsOutput = z.object({ signals: z.array(signalSummary), nextCursor });

/** What a sink hears on its standing stream. */
export const signalMessage = z.discriminatedUnion('type', [
  /** The first word, and said again when it changes: whether the sink is to take work. */
  z.object({ type: z.literal('state'), paused: z.boolean() }),
  z.object({
    type: z.literal('signal'),
    id: idSchema('signal'),
    kind: z.enum(signalKinds),
    eventId: z.nullable(idSchema('event')),
    attempt: z.int().nullable(),
    by: z.string(),
  }),
]);
export type SignalMessage = z.infer<typeof signalMessage>;
export type SignalForSink = Extract<SignalMessage, { type: 'signal' }>;

export const followSignalsInput = z.object({ lastEventId: z.string().max(40).nullish() });

/** What a sink says about signals; each may be said again without effect. */
export const acknowledgement = z.discriminatedUnion('state', [
  z.object({ id: idSchema('signal'), state: z.literal('received') }),
  z.object({
    id: idSchema('signal'),
    state: z.literal('done'),
    outcome: z.enum(['done', 'failed']),
    detail: z.string().max(500),
  }),
]);
export type Acknowledgement = z.infer<typeof acknowledgement>;
export const acknowledgeInput = z.object({ acknowledgements: z.array(acknowledgement).min(1).max(200) });

/** A sink pauses or resumes itself, by somebody at its machine. */
export const setPausedInput = z.object({ paused: z.boolean() });
