import * as z from 'zod';
import { instant } from './instant.ts';

/** Why a QUEUED event is not running, for machines. A code is never reused for another meaning. */
export const waitingCodes = {
  event_type_disabled: 'its event type is disabled; it goes on when that is enabled',
  retry_wait: 'an attempt failed, and the next one waits for its back-off',
  delayed: 'it was fired to start at a later time',
  pinned_sink_missing: 'the one sink that may run it has been removed',
  pinned_sink_offline: 'the one sink that may run it is offline',
  pinned_sink_paused: 'the one sink that may run it takes no work: it is paused or stopping',
  no_sink_online: 'no sink of its type is online',
  sinks_busy: 'every slot of the sinks that may run it is taken',
  in_turn: 'sinks have free slots and take events in their order; this one is next or nearly so',
} as const;
export type WaitingCode = keyof typeof waitingCodes;

export const waiting = z.object({
  code: z.enum(Object.keys(waitingCodes) as [WaitingCode, ...WaitingCode[]]),
  sentence: z.string().describe('one sentence for people; times stand in `since` and `until`'),
  since: instant.nullable().describe('since when it has been so, where that is known'),
  until: instant.nullable().describe('when it goes on by itself, where that is known'),
  about: z
    .object({ id: z.string(), name: z.string() })
    .nullable()
    .describe('what to look at: a sink, a sink type or an event type, by its prefixed id'),
});
export type Waiting = z.infer<typeof waiting>;
