import * as z from 'zod';
import { idSchema } from './id.ts';
import { instant, moment } from './instant.ts';
import { maxQueryLength } from './query-terms.ts';
import { logChannels, logLevels } from './sink-protocol.ts';

/** What people and programs read of logs across events: the same shapes in tRPC, REST and the pages. */

const filter = {
  q: z
    .string()
    .max(maxQueryLength)
    .optional()
    .describe(
      'terms that all must hold, for example `level:error type:deploy.* "connection refused"`; keys: level, type, source, sink, event, attempt, channel, field.<name>, since, from, to',
    ),
  since: moment.optional().describe('written at or after'),
  until: moment.optional().describe('written before'),
};

const position = {
  seq: z.int().positive().describe('number of the chunk in which the line begins'),
  line: z.int().nonnegative().describe('line feeds that stand before it in that chunk'),
};

const line = {
  at: instant,
  level: z.enum(logLevels).nullable().describe('null for output, which has none'),
  channel: z.enum(logChannels),
  text: z.string(),
  fields: z.record(z.string(), z.unknown()).nullable(),
};

export const foundRecord = z.object({
  event: idSchema('event'),
  attempt: z.int(),
  ...position,
  ...line,
  channel: z
    .enum([...logChannels, 'marker'])
    .describe('marker: the hub says that lines of this log are left out of the search from here'),
  text: z.string().describe('the first 500 characters'),
  fields: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
    .nullable()
    .describe('those that fit, by dotted paths; null where there are none'),
  type: z.string(),
  source: z.string().nullable(),
  sink: z.string(),
  archived: z.boolean().describe('read from the archive of old logs'),
});
export type FoundRecord = z.infer<typeof foundRecord>;

const archive = z
  .object({
    lines: z.int().describe('of the lines in this answer, how many were read from the archive'),
    opened: z.int().describe('how many archived logs were looked into'),
    unavailable: z
      .string()
      .nullable()
      .describe('why lines that are archived may be missing here, as a sentence; null when none are'),
  })
  .describe('the part that archived logs have in this answer');
export type ArchiveShare = z.infer<typeof archive>;

export const searchLogsInput = z.strictObject({
  ...filter,
  limit: z.int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional().describe('`nextCursor` of the page before'),
});
export const searchLogsOutput = z.object({
  records: z.array(foundRecord).describe('newest first'),
  nextCursor: z.string().nullable().describe('null when there are no older ones'),
  searchedTo: instant
    .nullable()
    .describe('set when the search paused before the page was full: everything from then on has been looked at'),
  hint: z.string().nullable().describe('why nothing can be found, where there is a reason to tell'),
  archive,
});
export type FoundRecords = z.infer<typeof searchLogsOutput>;

const mostBars = 120;
export const logHistogramInput = z.strictObject({
  ...filter,
  since: moment.describe('where the first bar begins'),
  until: moment.describe('where the last bar ends'),
  bars: z.int().min(1).max(mostBars).default(60).describe('about how many; their length is a round one'),
  before: moment.optional().describe('`countedFrom` of an answer that paused, to go on from there'),
});
export const logHistogramOutput = z.object({
  stepSeconds: z.int(),
  bars: z
    .array(
      z.object({
        at: instant,
        counts: z.object({ none: z.int(), debug: z.int(), info: z.int(), warn: z.int(), error: z.int() }),
      }),
    )
    .describe('oldest first, without those in which nothing was found'),
  countedFrom: instant
    .nullable()
    .describe('set when counting paused: what is older has not been counted; null when all of it has been'),
  archive,
});
export type LogHistogram = z.infer<typeof logHistogramOutput>;

export const logsAroundInput = z.strictObject({
  event: idSchema('event'),
  attempt: z.int().positive(),
  ...position,
});
export const nearLine = z.object({
  ...position,
  ...line,
  here: z.boolean().describe('it is the line that was asked for'),
});
export type NearLine = z.infer<typeof nearLine>;
export const logsAroundOutput = z.object({
  lines: z.array(nearLine).describe('up to 20 before the line and 20 after it, in the order of the log'),
  archived: z.boolean().describe('any of this log is read from the archive'),
});
export type LogsAround = z.infer<typeof logsAroundOutput>;
