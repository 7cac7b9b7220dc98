import * as z from 'zod';
import { idSchema } from './id.ts';
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
  restored: z
    .object({
      logs: z.int().describe('that stand in the database again'),
      waiting: z.int().describe('that are still being copied'),
      nextEnd: instant.nullable().describe('when the first of them goes again'),
    })
    .describe('archived logs that were asked back'),
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

export const restoreArchiveInput = z
  .strictObject({
    event: z.string().pipe(idSchema('event')).optional().describe('the logs of this event'),
    type: z.string().min(1).max(200).optional().describe('the logs of events of this type'),
    since: instant.optional().describe('with `type`: that were made from this instant on'),
    until: instant.optional().describe('with `type`: that were made before this instant'),
    days: z.int().min(1).max(30).default(7).describe('for so many days they stay'),
    limit: z.int().min(1).max(5_000).default(1_000).describe('so many logs at most, the oldest first'),
  })
  .refine(({ event, type }) => (event === undefined) !== (type === undefined), 'name either an event or a type')
  .refine(({ type, since, until }) => [since, until].every((at) => (at !== undefined) === (type !== undefined)), {
    message: 'a type needs `since` and `until`, and an event takes neither',
    path: ['since'],
  });
export type RestoreArchive = z.output<typeof restoreArchiveInput>;

export const restoredArchive = z.object({
  logs: z.int().describe('output and records of an attempt count as one each'),
  bytes: z.number().describe('of them, plain'),
  until: instant.describe('so long they stand in the database'),
  more: z.boolean().describe('the limit was reached, or a gibibyte'),
});
export type RestoredArchive = z.infer<typeof restoredArchive>;

/** Of each list of findings, so many are named; the number beside it counts all. */
export const maxFindings = 100;

/**
 * What an object is that no row refers to:
 * - `leftover`: every log in it stands elsewhere, or was deleted on purpose. It may go.
 * - `unclaimed`: it holds logs that stand nowhere else, as after the database was set back. `adopt` takes them up.
 * - `unreadable`: it is no archive, or damaged. Somebody has to look at it.
 */
export const strayKinds = ['leftover', 'unclaimed', 'unreadable'] as const;

export const checkArchiveInput = z.strictObject({
  fix: z.boolean().default(false).describe('delete leftovers that are older than a day'),
});

export const archiveCheck = z.object({
  objects: z.int().describe('in the store, of this tenant'),
  size: z.number().describe('bytes of all of them'),
  strayCount: z.int().describe('objects that no row refers to'),
  strays: z.array(z.object({ key: z.string(), size: z.number(), at: instant, what: z.enum(strayKinds) })),
  missingCount: z.int().describe('objects that should be there and are not: their logs can not be read'),
  missing: z.array(z.object({ id: idSchema('logArchive'), kind, logs: z.int() })),
  differingCount: z.int().describe('objects of another size than was stored'),
  differing: z.array(z.object({ id: idSchema('logArchive'), kind, size: z.number(), found: z.number() })),
  deleted: z.int().describe('leftovers that were deleted'),
});
export type ArchiveCheck = z.infer<typeof archiveCheck>;

export const verifyArchiveInput = z.strictObject({
  after: z.string().pipe(idSchema('logArchive')).optional().describe('`next` of the answer before'),
});

export const verifiedArchive = z.object({
  objects: z.int().describe('that were read whole'),
  size: z.number().describe('bytes that were read'),
  damaged: z.array(z.object({ id: idSchema('logArchive'), kind, logs: z.int(), problem: z.string() })),
  next: z.nullable(idSchema('logArchive')).describe('where to go on; null: these were the last'),
});
export type VerifiedArchive = z.infer<typeof verifiedArchive>;

export const adoptedArchives = z.object({
  objects: z.int().describe('that were taken up'),
  logs: z.int().describe('that can be read again'),
  left: z
    .array(z.object({ key: z.string(), why: z.string() }))
    .describe('objects that hold logs and were not taken up'),
  done: z.boolean().describe('false: there are more; ask again'),
});
export type AdoptedArchives = z.infer<typeof adoptedArchives>;
