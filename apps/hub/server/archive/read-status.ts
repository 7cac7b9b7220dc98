import type { ArchiveStatus } from '@nexomatic/contracts/archive-api';
import { type Id, lowestIdAt, timeOfId } from '@nexomatic/contracts/id';
import { eventsWithChunks, logsOfKind } from '@nexomatic/db/ledger/hot-logs';
import { archiveKinds, unfinishedArchives } from '@nexomatic/db/ledger/log-archives';
import { restoredTotals } from '@nexomatic/db/ledger/restored-logs';
import { tenantRetentions } from '@nexomatic/db/ledger/retention';
import { archivedTotals } from '@nexomatic/db/ledger/storage-meters';
import type { SqlRunner } from '@nexomatic/db/sql';
import type { Services } from '../services.ts';
import { readArchiveFault, reasonOf } from './archive-fault.ts';
import { type Clocks, clocksAt, readClocks } from './clocks.ts';
import { readLastPass } from './last-pass.ts';
import { beforeAllEvents, pickLogs } from './pick-logs.ts';

/** Archives that wait for something are counted up to here. */
const maxUnfinished = 1_000;

/** How a tenant's archive is doing: the store, what is in it, and what is due. */
export async function readArchiveStatus(
  { sql, clock, env }: Pick<Services, 'sql' | 'clock' | 'env'>,
  tenantId: Id<'tenant'>,
): Promise<ArchiveStatus> {
  const now = clock.now();
  const tenant = (await tenantRetentions(sql)).find((one) => one.tenantId === tenantId);
  const clocks = tenant ? await readClocks(sql, now, tenant) : clocksAt(now, {});
  const [fault, restored, lastPass, totals, unfinished, oldest, due] = await Promise.all([
    readArchiveFault(sql),
    restoredTotals(sql, tenantId, new Date(now)),
    readLastPass(sql),
    archivedTotals(sql, tenantId),
    unfinishedArchives(sql, tenantId, maxUnfinished),
    eventsWithChunks(sql, tenantId, { after: beforeAllEvents, below: lowestIdAt('event', now), limit: 1 }),
    countDue(sql, tenantId, clocks),
  ]);
  return {
    store: {
      kind: env.blobStore.kind,
      fault: fault && {
        reason: reasonOf(fault.kind),
        since: fault.since,
        retryAt: fault.retryAt,
        times: fault.times,
      },
    },
    lastPassAt: lastPass?.toISOString() ?? null,
    restored: { ...restored, nextEnd: restored.nextEnd?.toISOString() ?? null },
    unfinished: unfinished.length,
    oldestHotAt: oldest[0] ? timeOfId(oldest[0]).toISOString() : null,
    dueMore: due.more,
    kinds: archiveKinds.map((kind) => ({
      ...(totals.find((one) => one.kind === kind) ?? { objects: 0, logs: 0, size: 0, bytes: 0 }),
      kind,
      hotBefore: clocks.hotBefore(kind, null).toISOString(),
      due: due[kind],
    })),
  };
}

async function countDue(sql: SqlRunner, tenantId: Id<'tenant'>, clocks: Clocks) {
  const { batches, next } = await pickLogs(sql, tenantId, clocks, beforeAllEvents);
  const due = { output: 0, records: 0, more: next !== null };
  for (const { kind, logs } of batches) {
    const there = await logsOfKind(sql, tenantId, [...new Set(logs.map(({ eventId }) => eventId))], kind);
    due[kind] += logs.filter(({ eventId, attempt }) => there.has(`${eventId} ${attempt}`)).length;
  }
  return due;
}
