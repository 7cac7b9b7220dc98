import type { BlobStore } from '@nexomatic/blob-store/blob-store';
import type { Id } from '@nexomatic/contracts/id';
import type { Sql } from '@nexomatic/db/sql';
import type { Logger } from '@nexomatic/logger';
import { archiveBatch } from './archive-batch.ts';
import { readClocks } from './clocks.ts';
import { forgetArchived, forgetPayloads } from './forget-old.ts';
import { beforeAllEvents, pickLogs } from './pick-logs.ts';
import { settleArchives } from './settle-archives.ts';

export interface RoundDeps {
  sql: Sql;
  store: BlobStore;
  logger: Logger;
  now: Date;
  /** Called before each batch, which may take minutes: keeps the turn. False ends the round after what was begun. */
  goOn(): Promise<boolean>;
}

/** How far a pass over one tenant has come. */
export interface TenantPass {
  tenantId: Id<'tenant'>;
  retention: string;
  after: Id<'event'>;
  /** Null: no payloads are left to look at. */
  payloadsAfter: Id<'event'> | null;
}

export const beginPass = (tenant: Pick<TenantPass, 'tenantId' | 'retention'>): TenantPass => ({
  ...tenant,
  after: beforeAllEvents,
  payloadsAfter: beforeAllEvents,
});

/** Looks at some events of a tenant: moves their old logs to the store and forgets what was kept for long enough. */
export async function archiveRound(
  deps: RoundDeps,
  pass: TenantPass,
): Promise<{ archived: number; forgotten: number; done: boolean }> {
  const { sql, logger, now } = deps;
  const { tenantId } = pass;
  const clocks = await readClocks(sql, now.getTime(), pass);
  await settleArchives(deps, tenantId, clocks);
  const { batches, next } = await pickLogs(sql, tenantId, clocks, pass.after);
  let archived = 0;
  let stopped = false;
  for (const batch of batches) {
    stopped = !(await deps.goOn());
    if (stopped) break;
    const logs = await archiveBatch(deps, tenantId, batch);
    if (logs > 0) logger.info({ tenantId, kind: batch.kind, logs }, 'logs.archived');
    archived += logs;
  }
  if (batches.length > 0) await settleArchives(deps, tenantId, clocks);
  const forgotten = await forgetArchived(sql, tenantId, clocks);
  if (forgotten > 0) {
    logger.info({ tenantId, logs: forgotten }, 'logs.forgotten');
    await settleArchives(deps, tenantId, clocks);
  }
  pass.payloadsAfter = pass.payloadsAfter && (await forgetPayloads(sql, tenantId, clocks, pass.payloadsAfter));
  if (next && !stopped) pass.after = next;
  return { archived, forgotten, done: !next && !pass.payloadsAfter && forgotten === 0 && !stopped };
}
