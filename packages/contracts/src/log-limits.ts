import * as z from 'zod';

/** How much log is kept of what attempts write. Results and events are not touched by it. */

const mib = 'a whole number of MiB from 1 to 256';
const gib = 'a whole number of GiB up to 100,000; 0 is no limit';

export const logLimitRules = z.strictObject({
  attemptMiB: z
    .int(mib)
    .min(1, mib)
    .max(256, mib)
    .optional()
    .describe('of one attempt; what it writes then is dropped'),
  dayGiB: z
    .int(gib)
    .min(0, gib)
    .max(100_000, gib)
    .optional()
    .describe('of all attempts in a day of UTC; 0 is no limit'),
});
export type LogLimitRules = z.infer<typeof logLimitRules>;

/** Where nobody has said anything. */
export const defaultLogLimits = { attemptMiB: 16, dayGiB: 10 };
export type LogLimits = typeof defaultLogLimits;

/** Limits as they stand in the database; text that is none counts as none. */
export function parseLogLimits(text: string): LogLimitRules {
  try {
    const parsed = logLimitRules.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : {};
  } catch {
    // Not JSON: nothing was said.
    return {};
  }
}
