import type { BulkJob } from '@nexomatic/db/entities/bulk-job';
import { activityActor } from '../auth/actor.ts';

/** Who a job acts for, as the activity of events names them. */
export const bulkActor = ({ createdById, createdByName }: BulkJob): string =>
  activityActor({ kind: createdById?.startsWith('tok_') ? 'apiToken' : 'user', name: createdByName });
