import * as z from 'zod';

/** Labels of a sink: short facts that people and rules tell machines apart by. */

export const maxLabels = 20;
const key = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,62}$/, {
  error: 'begins with a letter or digit, and goes on with letters, digits, dot, dash, underscore or slash; 63 at most',
});
const value = z
  .string()
  .max(100, 'is longer than 100 characters')
  .regex(/^[^\p{Cc}]*$/u, { error: 'must not hold control characters' });

export const sinkLabels = z
  .record(key, value)
  .refine((labels) => Object.keys(labels).length <= maxLabels, { error: `has more than ${maxLabels} labels` });
export type SinkLabels = z.infer<typeof sinkLabels>;
