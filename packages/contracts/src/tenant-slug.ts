import * as z from 'zod';

/** The name of a tenant in the addresses of its pages. */
export const slugSchema = z
  .string({ error: 'Give the part that stands in addresses.' })
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, {
    error: 'Use 1 to 63 lower-case letters, digits and hyphens, with no hyphen at either end.',
  });
