import * as z from 'zod';

/** How long what attempts wrote and events carried is kept. Events themselves are kept for ever. */

/** The longest that can be said: a hundred years, give or take. */
export const maxRetentionDays = 36_500;
const message = `a whole number of days from 1 to ${maxRetentionDays}`;
const days = z.int(message).min(1, message).max(maxRetentionDays, message).optional();

/**
 * Clocks that start when an attempt is finished. Raw output, structured records and payloads have their own. What an event
 * type leaves out is as its tenant has it; what a tenant leaves out is as `defaultRetention` has it.
 */
export const retentionRules = z.strictObject({
  outputHotDays: days.describe('stdout and stderr in the database, before they are archived'),
  outputDays: days.describe('stdout and stderr at all'),
  recordHotDays: days.describe('structured records in the database, before they are archived'),
  recordDays: days.describe('structured records at all'),
  payloadDays: days.describe('payloads and results, from the end of the event'),
});
export type RetentionRules = z.infer<typeof retentionRules>;
export const retentionNames = ['outputHotDays', 'outputDays', 'recordHotDays', 'recordDays', 'payloadDays'] as const;
/** Null is for ever. */
export type Retention = Record<'outputHotDays' | 'recordHotDays', number> &
  Record<'outputDays' | 'recordDays' | 'payloadDays', number | null>;

/** What is kept for how long where nobody has said anything. */
export const defaultRetention: Retention = {
  outputHotDays: 14,
  outputDays: null,
  recordHotDays: 14,
  recordDays: null,
  payloadDays: null,
};

/** Rules as they stand in the database; text that is none counts as none. */
export function parseRetention(text: string): RetentionRules {
  try {
    const parsed = retentionRules.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : {};
  } catch {
    // Not JSON: nothing was said.
    return {};
  }
}
