import { z } from 'zod';

/** What the form of a sink sends. */
export const sinkForm = z.object({ name: z.string('Give it a name.'), description: z.string().default('') });
