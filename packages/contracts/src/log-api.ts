import * as z from 'zod';
import { idSchema } from './id.ts';
import { instant } from './instant.ts';
import { logChannels, logLevels } from './sink-protocol.ts';

/** What people and programs read of attempts' logs. */

export const logEntry = z.object({
  attempt: z.int(),
  seq: z.int().describe('number of the chunk that this line came in'),
  line: z
    .int()
    .describe('number of the line in its log, from 1; it stays the same for ever. A record is one line, however long'),
  at: instant,
  channel: z.enum(logChannels),
  level: z.enum(logLevels).nullable().describe('null for stdout and stderr'),
  text: z.string(),
  fields: z.record(z.string(), z.unknown()).nullable(),
  mark: z
    .enum(['lost', 'words'])
    .optional()
    .describe('no line of the module: words about its log. `lost`: they stand in place of lines that are not there'),
  through: z.int().optional().describe('of a mark of lost lines: number of the last of them; `line` is the first'),
  partial: z.literal(true).optional().describe('part of this line was lost: `…` stands where'),
  cut: z.int().optional().describe('bytes of a very long line that were left out of its end; the download has them'),
});
export type LogEntry = z.infer<typeof logEntry>;

export const readLogInput = z.object({
  id: idSchema('event'),
  attempt: z.int().positive().optional().describe('the latest when left out'),
  after: z.int().nonnegative().default(0).describe('only chunks with a higher number'),
});
export const readLogOutput = z.object({
  attempt: z.int(),
  entries: z.array(logEntry),
  lastSeq: z.int(),
  complete: z.boolean().describe('true when the attempt is finished and nothing more can come'),
  archived: z.boolean().describe('whether any of the log is read from the archive'),
});

/** Lines of one answer at most. */
export const maxLogLines = 1_000;

const lineNumber = z.int().positive();
const logAddress = {
  id: idSchema('event'),
  attempt: z.int().positive().optional().describe('the latest when left out'),
};

export const readLinesInput = z.strictObject({
  ...logAddress,
  from: lineNumber.optional().describe('number of the first line wanted'),
  to: lineNumber.optional().describe('number of the last line wanted'),
  around: lineNumber.optional().describe('number of the line wanted in the middle'),
  at: z
    .enum(['start', 'end', 'error'])
    .default('start')
    .describe('without a number: the first lines, the last ones, or those around `error`'),
  place: z
    .string()
    .regex(/^\d{1,9}\.\d{1,9}$/)
    .optional()
    .describe(
      'as `around`, for a line told by the chunk in which it begins and the line feeds before it there: `12.3`',
    ),
  errorAfter: z.int().nonnegative().default(0).describe('`error` is to be behind this line'),
  limit: z.int().min(1).max(maxLogLines).default(maxLogLines),
});
export type ReadLines = z.infer<typeof readLinesInput>;
/** Ranges of lost lines of one answer at most. */
export const maxLost = 1_000;
export const logLines = z.object({
  attempt: z.int().describe('0 while the event has none'),
  total: z.int().describe('lines that the log has by now'),
  error: z.int().nullable().describe('number of the first record of level error behind `errorAfter`'),
  asked: z.int().nullable().describe('number of the line that `around`, `place` or `at=error` stands for'),
  complete: z.boolean().describe('true when the attempt is finished and nothing more can come'),
  archived: z.boolean().describe('whether any of the log is read from the archive'),
  position: z.string().describe('where the log goes on behind all of these: `lastEventId` of its subscription'),
  lost: z
    .array(z.object({ from: z.int(), to: z.int() }))
    .describe(
      `lines of the log that are not there, at most ${maxLost} ranges: of each only \`from\` has an entry, a mark`,
    ),
  entries: z
    .array(logEntry)
    .describe('without gaps but those of `lost`; fewer than were asked for where lines are very long'),
});
export type LogLines = z.infer<typeof logLines>;

/** What kinds of lines there are: records by their level, and output by its stream. */
export const logKinds = [...logLevels, 'stdout', 'stderr'] as const;
export type LogKind = (typeof logKinds)[number];

/** Line numbers of one answer at most. */
export const maxFound = 10_000;

export const findInLogInput = z.strictObject({
  ...logAddress,
  text: z.string().max(500).default('').describe('what the lines hold; everything when empty'),
  regex: z.boolean().default(false).describe('`text` is a regular expression of RE2'),
  case: z.boolean().default(false).describe('capital and small letters are different'),
  kinds: z.array(z.enum(logKinds)).optional().describe('records of these levels and output of these streams only'),
  from: lineNumber.default(1).describe('number of the line to begin at'),
  limit: z.int().min(1).max(maxFound).default(maxFound),
  entries: z.boolean().default(false).describe('answer the lines themselves too, at most 1,000'),
});
export type FindInLog = z.infer<typeof findInLogInput>;
export const foundInLog = z.object({
  attempt: z.int(),
  total: z.int().describe('lines that the log has by now'),
  complete: z.boolean().describe('true when the attempt is finished and nothing more can come'),
  lines: z.array(z.int()).describe('numbers of the lines found, in order'),
  entries: z.array(logEntry).describe('those lines, where they were asked for'),
  next: z.int().nullable().describe('where to search on; null when all lines that there are were looked at'),
});
export type FoundInLog = z.infer<typeof foundInLog>;
