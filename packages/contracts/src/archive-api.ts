import * as z from 'zod';
import { instant } from './instant.ts';

/** The archive of a tenant's logs in the API: how it is doing, and what people have it do. */

const kind = z.enum(['output', 'records']).describe('`output` is stdout and stderr, `records` are structured records');

export const archiveStatus = z.object({
  store: z.object({
    kind: z.enum(['file', 'azure', 's3']),
    fault: z
      .object({
        reason: z.string(),
        since: instant,
        retryAt: instant,
        times: z.int().describe('failures in a row'),
      })
      .nullable()
      .describe('why logs are not archived just now; null: it works'),
  }),
  lastPassAt: instant.nullable().describe('when all logs of all tenants were last looked at; null: never yet'),
  oldestHotAt: instant.nullable().describe('of the oldest event whose log, or a part of it, stands in the database'),
  unfinished: z.int().describe('objects that are being written, moved or deleted'),
  dueMore: z.boolean().describe('whether more may be due than `due` counts, which looks at the oldest thousand events'),
  kinds: z.array(
    z.object({
      kind,
      objects: z.int(),
      logs: z.int(),
      size: z.number().describe('bytes in the store'),
      bytes: z.number().describe('what they were before they were packed'),
      hotBefore: instant.describe('logs of attempts that were finished before are archived, by the tenant’s own clock'),
      due: z.int().describe('logs that the next pass archives'),
    }),
  ),
});
export type ArchiveStatus = z.infer<typeof archiveStatus>;

export const ranArchive = z.object({
  archived: z.int().describe('logs that were moved to the store'),
  forgotten: z.int().describe('logs that were taken out of it, because their time was over'),
  done: z.boolean().describe('false: there is more, which the hub goes on with by itself'),
});
export type RanArchive = z.infer<typeof ranArchive>;
