import * as z from 'zod';
import { eventReasonSchema } from './event-state.ts';
import { idSchema } from './id.ts';
import { instant } from './instant.ts';

/** What the Overview shows: figures of a time range, what goes on now, and what needs hands. */

/** How far back it reaches, and the steps that its curves are made of. */
export const overviewRanges = {
  '1h': { stepSeconds: 300, steps: 12 },
  '24h': { stepSeconds: 1_800, steps: 48 },
  '7d': { stepSeconds: 10_800, steps: 56 },
} as const;
export type OverviewRange = keyof typeof overviewRanges;
const ranges = Object.keys(overviewRanges) as [OverviewRange, ...OverviewRange[]];

export const overviewInput = z.strictObject({ range: z.enum(ranges).default('24h') });

const count = z.int().nonnegative();
const ms = z.number().nullable().describe('milliseconds; null where nothing was measured');

/** Counted events of some time: fired then, and ended then. */
const figures = z.object({
  fired: count,
  success: count,
  warning: count,
  error: count,
  runP50: ms,
  runP95: ms,
  waitP50: ms,
  waitP95: ms,
});
export type OverviewFigures = z.infer<typeof figures>;

/** More than so many are not counted: lists say "1,000+". */
export const maxCounted = 1_000;
const bounded = { count, more: z.boolean().describe(`true when there are more than ${maxCounted}`) };

export const attentionCodes = {
  no_sink_online: 'events wait, and no sink of the type that they need is online',
  sink_offline: 'a sink that was there is not heard of any more',
} as const;
export type AttentionCode = keyof typeof attentionCodes;

const attention = z.object({
  code: z.enum(Object.keys(attentionCodes) as [AttentionCode, ...AttentionCode[]]),
  sentence: z.string().describe('one sentence for people'),
  about: z.object({ id: z.string(), name: z.string() }).describe('a sink type or a sink'),
  since: instant.nullable(),
});
export type Attention = z.infer<typeof attention>;

const overviewSink = z.object({
  id: idSchema('sink'),
  name: z.string(),
  type: z.string(),
  status: z.string(),
  slots: z.int(),
  busy: z.int().describe('events that it runs'),
  lastSeenAt: instant.nullable(),
});
export type OverviewSink = z.infer<typeof overviewSink>;

const errorGroup = z.object({
  type: z.string(),
  reason: z.nullable(eventReasonSchema),
  message: z.string().nullable().describe('of the latest; messages that differ by their numbers alone are one group'),
  count,
  lastAt: instant,
  latestId: idSchema('event'),
});
export type ErrorGroup = z.infer<typeof errorGroup>;

const runningEvent = z.object({
  id: idSchema('event'),
  type: z.string(),
  sink: z.string().nullable(),
  startedAt: instant,
});
export type RunningEvent = z.infer<typeof runningEvent>;

const firstSteps = z.object({
  sinkOnline: z.boolean().describe('a sink is online, or has been'),
  latestEventId: z.nullable(idSchema('event')),
  edited: z
    .boolean()
    .describe('an event was run again, or one of the last 200 attempts ran a changed version of its action'),
  ownEventType: z.boolean().describe('there is an event type that the demo has not made'),
  demo: z
    .object({ type: z.string(), module: z.string() })
    .nullable()
    .describe('what the demo’s webhook fires; null where it was changed or never made'),
});
export type FirstSteps = z.infer<typeof firstSteps>;

export const overview = z.object({
  range: z.enum(ranges),
  since: instant,
  until: instant.describe('end of the step that now is in'),
  stepSeconds: z.int(),
  steps: z.array(figures.extend({ at: instant.describe('beginning of the step') })),
  total: figures,
  before: figures.describe('the same length of time before'),
  lastEventAt: instant.nullable(),
  waiting: z.object({ ...bounded, oldestAt: instant.nullable().describe('since when the oldest could have started') }),
  running: z.object({ ...bounded, longest: z.array(runningEvent).describe('those that run longest, 20 at most') }),
  errors: z.object({
    groups: z.array(errorGroup).describe('latest first'),
    looked: count.describe('ERROR events that were looked at: the latest of the range, 200 at most'),
  }),
  sinks: z.array(overviewSink).nullable().describe('null for who may not see sinks; 200 at most'),
  attention: z.array(attention),
  firstSteps,
});
export type Overview = z.infer<typeof overview>;
