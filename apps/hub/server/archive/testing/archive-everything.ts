import { openBlobStore } from '@nexomatic/blob-store/open-blob-store';
import { systemClock } from '@nexomatic/clock';
import { openDatabase } from '@nexomatic/db/database';
import { silentLogger } from '@nexomatic/logger';
import { createArchiver } from '../archive-logs.ts';
import { dayMs } from './old-logs.ts';

/** Archives the logs of all events that have ended, as a hub would in some weeks: a program of its own, for a product that runs. */

const [databaseUrl = '', folder = ''] = process.argv.slice(2);
const { sql, close } = await openDatabase({ url: databaseUrl, logger: silentLogger });
const store = await openBlobStore({ kind: 'file', folder });
const archive = createArchiver({
  sql,
  logger: silentLogger,
  clock: { ...systemClock, now: () => systemClock.now() + 60 * dayMs },
  blobs: { store: async () => store, close: async () => undefined },
});
// The product's own hub may have the turn.
await sql.run(`DELETE FROM instance_settings WHERE name = 'archive.turn'`);
while (await archive());
await close();
