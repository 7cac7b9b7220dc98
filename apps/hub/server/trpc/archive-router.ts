import {
  adoptedArchives,
  archiveCheck,
  archiveStatus,
  checkArchiveInput,
  ranArchive,
  restoreArchiveInput,
  restoredArchive,
  verifiedArchive,
  verifyArchiveInput,
} from '@nexomatic/contracts/archive-api';
import * as z from 'zod';
import { adoptArchives } from '../archive/adopt-archives.ts';
import { checkArchive } from '../archive/check-archive.ts';
import { readArchiveStatus } from '../archive/read-status.ts';
import { restoreLogs } from '../archive/restore-logs.ts';
import { runArchive } from '../archive/run-archive.ts';
import { verifyArchive } from '../archive/verify-archive.ts';
import { router, tenantProcedure } from './procedure.ts';

const tags = ['archive'];
const manage = tenantProcedure('archive.manage');

/** The archive of a tenant's logs. */
export const archiveRouter = router({
  status: manage
    .meta({
      openapi: {
        method: 'GET',
        path: '/archive',
        operationId: 'readArchive',
        summary: 'Read how the archive of logs is doing',
        tags,
      },
    })
    .input(z.strictObject({}))
    .output(archiveStatus)
    .query(({ ctx: { services, tenantId } }) => readArchiveStatus(services, tenantId)),

  /** Waits for twenty seconds at most. */
  run: manage
    .meta({
      openapi: {
        method: 'POST',
        path: '/archive/run',
        operationId: 'runArchive',
        summary: 'Archive the logs that are due now, in place of at the next pass',
        tags,
      },
    })
    .input(z.strictObject({}))
    .output(ranArchive)
    .mutation(({ ctx: { services, tenantId } }) => runArchive(services, tenantId)),

  check: manage
    .meta({
      openapi: {
        method: 'POST',
        path: '/archive/check',
        operationId: 'checkArchive',
        summary: 'Compare the store with what the database says of it',
        tags,
      },
    })
    .input(checkArchiveInput)
    .output(archiveCheck)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => checkArchive(services, tenantId, actor, input)),

  restore: manage
    .meta({
      openapi: {
        method: 'POST',
        path: '/archive/restore',
        operationId: 'restoreArchive',
        summary: 'Have archived logs stand in the database again for some days',
        tags,
      },
    })
    .input(restoreArchiveInput)
    .output(restoredArchive)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => restoreLogs(services, tenantId, actor, input)),

  /** Waits for fifteen seconds, or one object. */
  adopt: manage
    .meta({
      openapi: {
        method: 'POST',
        path: '/archive/adopt',
        operationId: 'adoptArchives',
        summary: 'Take up objects whose logs stand nowhere else, by what they say of themselves',
        tags,
      },
    })
    .input(z.strictObject({}))
    .output(adoptedArchives)
    .mutation(({ ctx: { services, tenantId, actor } }) => adoptArchives(services, tenantId, actor)),

  /** Reads for ten seconds at most, or one object. */
  verify: manage
    .meta({
      openapi: {
        method: 'GET',
        path: '/archive/verify',
        operationId: 'verifyArchive',
        summary: 'Read objects whole and compare their SHA-256 with what was stored',
        tags,
      },
    })
    .input(verifyArchiveInput)
    .output(verifiedArchive)
    .query(({ ctx: { services, tenantId }, input }) => verifyArchive(services, tenantId, input)),
});
