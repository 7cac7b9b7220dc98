import type { BlobError, BlobFault } from '@nexomatic/blob-store/blob-store';
import { type ArchiveFault, archiveFault } from '@nexomatic/contracts/instance-api';
import { readInstanceSetting, writeInstanceSetting } from '@nexomatic/db/ledger/instance-settings';
import type { SqlRunner } from '@nexomatic/db/sql';

/** Why archiving rests, for all hubs and for people: it stands in the database, because pages are shown by any hub. */

const name = 'archive.fault';
const firstWaitMs = 15_000;
const longestWaitMs = 15 * 60_000;

export async function readArchiveFault(sql: SqlRunner): Promise<ArchiveFault | null> {
  const text = await readInstanceSetting(sql, name);
  return text ? archiveFault.parse(JSON.parse(text)) : null;
}

/** Notes a failure; each one in a row waits twice as long as the one before, up to a quarter of an hour. */
export async function noteArchiveFault(
  sql: SqlRunner,
  now: number,
  { message, fault: kind }: BlobError,
): Promise<ArchiveFault> {
  const before = await readArchiveFault(sql);
  const times = (before?.times ?? 0) + 1;
  const waitMs = Math.min(firstWaitMs * 2 ** (times - 1), longestWaitMs);
  const fault: ArchiveFault = {
    message: message.slice(0, 300),
    kind,
    since: before?.since ?? new Date(now).toISOString(),
    retryAt: new Date(now + waitMs).toISOString(),
    times,
  };
  await writeInstanceSetting(sql, name, JSON.stringify(fault));
  return fault;
}

export async function clearArchiveFault(sql: SqlRunner): Promise<void> {
  await writeInstanceSetting(sql, name, '');
}

const reasons: Record<BlobFault, string> = {
  unavailable: 'The store of the archive can not be reached, or takes too long.',
  denied: 'The store of the archive refuses the hub: a permission or a key of it is missing.',
  missing: 'The store of the archive does not hold what it should, or its bucket or container is gone.',
  corrupt: 'The store of the archive gives other bytes than were stored.',
};

/** Why, for people of a tenant: what the store said itself, with its address, is for those who run the hub. */
export const reasonOf = (fault: BlobFault): string => reasons[fault];
