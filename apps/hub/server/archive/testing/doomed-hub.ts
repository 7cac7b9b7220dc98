import type { BlobStore } from '@nexomatic/blob-store/blob-store';
import { openBlobStore } from '@nexomatic/blob-store/open-blob-store';
import { systemClock } from '@nexomatic/clock';
import { openDatabase } from '@nexomatic/db/database';
import type { SqlRunner } from '@nexomatic/db/sql';
import { silentLogger } from '@nexomatic/logger';

const [databaseUrl = '', folder = '', named = '', aheadMs = '0'] = process.argv.slice(2);

/** The step at which this program is to end. */
export const point = named;
/** Ends this program as a power cut would. */
export const die = () => process.kill(process.pid, 'SIGKILL');

type Run = SqlRunner['run'];

/** What a hub works with that is killed at one step; `stored` and `ran` stand around its store and its statements. */
export async function openDoomedHub(stored: (opened: BlobStore) => Partial<BlobStore>, ran: (run: Run) => Run) {
  const database = await openDatabase({ url: databaseUrl, logger: silentLogger });
  const opened = await openBlobStore({ kind: 'file', folder });
  const store: BlobStore = { ...opened, ...stored(opened) };
  const watched = <Runner extends SqlRunner>(runner: Runner): Runner => ({
    ...runner,
    run: ran((text, params) => runner.run(text, params)),
  });
  return {
    database,
    watched,
    parts: {
      logger: silentLogger,
      clock: { ...systemClock, now: () => systemClock.now() + Number(aheadMs) },
      blobs: { store: async () => store, close: async () => undefined },
    },
  };
}
