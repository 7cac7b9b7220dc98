import * as z from 'zod';
import { currentVersion } from './definition-api.ts';
import { idSchema } from './id.ts';
import { instant } from './instant.ts';
import { maxQueryLength } from './query-terms.ts';

/** Saved views of the list of events: a query and columns under a name, for oneself or for everybody in the tenant. */

const fields = {
  name: z.string().trim().min(1).max(100),
  query: z.string().max(maxQueryLength).describe('as `q` of the list of events'),
  columns: z
    .array(z.string().max(100))
    .max(30)
    .default([])
    .describe('columns in their order; empty for the usual ones'),
  shared: z.boolean().default(false).describe('for everybody in the tenant; takes the right to manage events'),
};

export const createViewInput = z.strictObject(fields);
export type CreateView = z.infer<typeof createViewInput>;
export const updateViewInput = z.strictObject({ id: idSchema('savedView'), version: currentVersion, ...fields });
export type UpdateView = z.infer<typeof updateViewInput>;
export const viewRef = z.strictObject({ id: idSchema('savedView') });

export const savedView = z.object({
  id: idSchema('savedView'),
  version: z.int(),
  name: z.string(),
  query: z.string(),
  columns: z.array(z.string()),
  shared: z.boolean(),
  createdBy: z.object({ id: z.string().nullable(), name: z.string() }),
  updatedAt: instant,
});
export type SavedView = z.infer<typeof savedView>;
export const listViewsOutput = z.object({ views: z.array(savedView).describe('own ones first, by name; 200 at most') });
