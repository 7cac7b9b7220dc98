import { z } from 'zod';
import { rowKinds } from './row-values.ts';

/** The `parameters` of a form that has `ParameterRows`; the hub checks keys and values. */
export const parameterRows = z
  .array(
    z.object({
      key: z.string('Give the parameter a key, or remove its row.'),
      kind: z.enum(rowKinds),
      // An empty control is not sent; for a text the empty value is one too.
      value: z.string().default(''),
    }),
  )
  .default([]);

/** Names of the controls of that many rows, for `refuseForm`: faults then stand at the control that they are about. */
export const rowFieldNames = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => [`parameters[${i}].key`, `parameters[${i}].value`]).flat();
