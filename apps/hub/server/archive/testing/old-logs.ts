import { systemClock } from '@nexomatic/clock';
import type { Id } from '@nexomatic/contracts/id';
import type { LogChannel } from '@nexomatic/contracts/sink-protocol';
import { toWire } from '@nexomatic/contracts/wire-bytes';
import { readLog } from '../../logs/read-log.ts';
import { storedLog } from '../../logs/stored-log.ts';
import type { TestHub } from '../../testing/open-test-hub.ts';
import { createArchiver } from '../archive-logs.ts';

export const dayMs = 24 * 3_600_000;

export type LogPiece = [channel: LogChannel, body: string | Uint8Array, skip?: number];

/** A record as a runner writes it. */
export const record = (message: string, level = 'info'): string =>
  `${JSON.stringify({ at: 1_700_000_000_000, level, message, fields: { n: 1 } })}\n`;

/** Runs an event that writes this log and ends. */
export async function runWithLog(hub: TestHub, eventTypeId: Id<'eventType'>, pieces: LogPiece[]): Promise<Id<'event'>> {
  const eventId = await hub.fire(eventTypeId);
  await hub.claim(eventId);
  let seq = 0;
  for (const [channel, body, skip = 0] of pieces) {
    seq += 1 + skip;
    const bytes = toWire(typeof body === 'string' ? Buffer.from(body) : body);
    const chunk = { eventId, attempt: 1, seq, channel, at: hub.services.clock.now(), bytes };
    const [outcome] = await hub.services.appendLogs(hub.sink, [chunk]);
    if (outcome !== 'stored') throw new Error(`not stored: ${outcome}`);
  }
  await hub.report({ eventId, attempt: 1 }, 'SUCCESS', { lastLogSeq: seq });
  return eventId;
}

/**
 * A hub's archiver so many days from now, when what was written today is old; whoever had the turn has it no longer, and a
 * pass is due.
 */
export function archiverIn(hub: Pick<TestHub, 'services'>, days: number, more: { laterMs?: number } = {}) {
  const archive = createArchiver({
    ...hub.services,
    clock: { ...systemClock, now: () => systemClock.now() + days * dayMs + (more.laterMs ?? 0) },
  });
  let began = false;
  return async () => {
    if (!began)
      await hub.services.sql.run(`DELETE FROM instance_settings WHERE name IN ('archive.turn', 'archive.passed')`);
    began = true;
    return await archive();
  };
}

/** Runs rounds until there is no more to do at once. */
export async function archiveAll(archive: () => Promise<boolean>): Promise<void> {
  while (await archive());
}

/** What a reader sees of a log: its lines page by page, and its chunks byte for byte. */
export async function everythingOf({ services, tenantId }: TestHub, id: Id<'event'>) {
  const entries: unknown[] = [];
  let archived = false;
  for (let after = 0, complete = false; !complete; ) {
    const page = await readLog(services, tenantId, { id, after });
    entries.push(...page.entries);
    ({ lastSeq: after, complete } = page);
    archived ||= page.archived;
  }
  const log = storedLog(services, tenantId, id, 1);
  const chunks = (await log.after(0, 10_000)).map(({ seq, channel, at, body }) => ({
    seq,
    channel,
    at: at.getTime(),
    body: Buffer.from(body).toString('base64'),
  }));
  return { archived, log: { entries, chunks, outline: await log.outline() } };
}
