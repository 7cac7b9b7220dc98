import { archiveStatus, ranArchive } from '@nexomatic/contracts/archive-api';
import * as z from 'zod';
import { readArchiveStatus } from '../archive/read-status.ts';
import { runArchive } from '../archive/run-archive.ts';
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
});
