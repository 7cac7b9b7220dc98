import { z } from 'zod';

/** `zone=eu, rack=7` as labels. */
export const labelsText = z
  .string()
  .default('')
  .transform((text, context) => {
    const pairs = text.split(',').flatMap((pair) => pair.trim() || []);
    if (pairs.every((pair) => pair.includes('='))) {
      return Object.fromEntries(
        pairs.map((pair) => [pair.split('=', 1)[0]?.trim(), pair.slice(pair.indexOf('=') + 1).trim()]),
      );
    }
    context.addIssue({ code: 'custom', message: 'Write them as key=value, with commas between.' });
    return z.NEVER;
  });
