import * as z from 'zod';

/** How long what attempts wrote and events carried is kept. Events themselves are kept for ever. */

const days = z.int().min(1).max(36_500);

/**
 * Clocks that start when an attempt is finished. Raw output, structured records and payloads have their own. What is left
 * out is as the tenant, or the product, has it; null is for ever.
 */
export const retentionRules = z.strictObject({
  outputHotDays: days.optional().describe('stdout and stderr in the database, before they are archived'),
  outputDays: days.nullable().optional().describe('stdout and stderr at all'),
  recordHotDays: days.optional().describe('structured records in the database, before they are archived'),
  recordDays: days.nullable().optional().describe('structured records at all'),
  payloadDays: days.nullable().optional().describe('payloads and results, counted from the end of the event'),
});
export type RetentionRules = z.infer<typeof retentionRules>;
export type Retention = { [Name in keyof RetentionRules]-?: Exclude<RetentionRules[Name], undefined> };

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
