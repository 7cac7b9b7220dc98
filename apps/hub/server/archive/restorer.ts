import { randomUUID } from 'node:crypto';
import { BlobError } from '@nexomatic/blob-store/blob-store';
import { deleteHotLogs, deleteSearchMarks } from '@nexomatic/db/ledger/hot-logs';
import {
  beginCooling,
  contextOfPart,
  endCooling,
  type PartToRestore,
  partsToCool,
  partsToRestore,
} from '@nexomatic/db/ledger/restored-logs';
import { endTurn, takeTurn } from '@nexomatic/db/ledger/turns';
import type { Services } from '../services.ts';
import { copyRestored } from './copy-restored.ts';
import { ArchiveDamaged } from './format/archive-file.ts';

const partsAtOnce = 20;
const turn = 'archive.restores';
const turnSeconds = 120;

type Deps = Pick<Services, 'sql' | 'clock' | 'logger' | 'blobs'>;

/**
 * Copies archived logs that were asked back into the database, and deletes the copies when their time is over. One hub at a
 * time; true when there may be more to do at once.
 */
export function createRestorer(deps: Deps): () => Promise<boolean> {
  const { sql, clock, logger, blobs } = deps;
  const holder = randomUUID();
  /** Logs that could not be read are left alone until then: the store may work again, or somebody sets an object back. */
  const restUntil = new Map<string, number>();

  async function restore(part: PartToRestore): Promise<void> {
    const { tenantId, eventId, attempt, kind } = part;
    const context = await contextOfPart(sql, part);
    if (!context) return;
    try {
      const copied = await copyRestored(
        { sql, store: await blobs.store(), now: () => new Date(clock.now()) },
        part,
        context,
      );
      if (copied) logger.info({ tenantId, eventId, attempt, kind, until: part.hotUntil }, 'log.restored');
    } catch (error) {
      if (!(error instanceof BlobError || error instanceof ArchiveDamaged)) throw error;
      restUntil.set(keyOf(part), clock.now() + 60_000);
      logger.error({ tenantId, eventId, attempt, kind, error: error.message }, 'log.not_restored');
    }
  }

  async function cool(part: PartToRestore, now: Date): Promise<void> {
    if (!(await beginCooling(sql, part, now))) return;
    await deleteHotLogs(sql, part.tenantId, [part], part.kind);
    await deleteSearchMarks(sql, part);
    await endCooling(sql, part, now);
  }

  return async () => {
    const now = new Date(clock.now());
    const [wanted, over] = await Promise.all([
      partsToRestore(sql, now, partsAtOnce + restUntil.size),
      partsToCool(sql, now, partsAtOnce),
    ]);
    for (const [key, until] of restUntil) if (until <= now.getTime()) restUntil.delete(key);
    const due = wanted.filter((part) => !restUntil.has(keyOf(part))).slice(0, partsAtOnce);
    if (due.length + over.length === 0) return false;
    try {
      for (const part of [...over, ...due]) {
        if (!(await takeTurn(sql, turn, holder, turnSeconds))) return false;
        await (part.hotUntil <= now ? cool(part, now) : restore(part));
      }
      return true;
    } finally {
      await endTurn(sql, turn, holder);
    }
  };
}

const keyOf = ({ eventId, attempt, kind }: PartToRestore): string => `${eventId} ${attempt} ${kind}`;
