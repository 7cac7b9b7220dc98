import { Readable } from 'node:stream';
import { openBlobStore } from '@nexomatic/blob-store/open-blob-store';
import { systemClock } from '@nexomatic/clock';
import { openDatabase } from '@nexomatic/db/database';
import type { Sql, SqlRunner } from '@nexomatic/db/sql';
import { silentLogger } from '@nexomatic/logger';
import { createArchiver } from '../archive-logs.ts';

/** A hub that archives and is killed at one step, as by a power cut: a program of its own, started by the tests. */

const [databaseUrl = '', folder = '', point = '', aheadMs = '0'] = process.argv.slice(2);
const die = () => process.kill(process.pid, 'SIGKILL');

const database = await openDatabase({ url: databaseUrl, logger: silentLogger });
const opened = await openBlobStore({ kind: 'file', folder });
const store: typeof opened = {
  ...opened,
  async putIfAbsent(key, blob) {
    const cut = point === 'sending' && key.startsWith('logs/');
    const open = () => Readable.from(halfOf(blob.open()), { objectMode: false });
    const outcome = await opened.putIfAbsent(key, cut ? { ...blob, open } : blob);
    if (point === 'stored' && key.startsWith('logs/')) die();
    return outcome;
  },
  async *read(key, range) {
    yield* opened.read(key, range);
    if (point === 'verified') die();
  },
};

/** The first pieces: whoever wants more of them gets none. */
async function* halfOf(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  let given = 0;
  for await (const piece of pieces) {
    if (given === 2) die();
    given += 1;
    yield piece;
  }
}

let deletes = 0;
function watched<Runner extends SqlRunner>(runner: Runner): Runner {
  return {
    ...runner,
    async run(text, params) {
      const isDelete = text.startsWith('DELETE FROM log_');
      if (point === 'committed' && isDelete) die();
      const outcome = await runner.run(text, params);
      if (isDelete) deletes += 1;
      if (point === 'deleting' && deletes === 2) die();
      return outcome;
    },
  };
}
const sql: Sql = watched(database.sql);

const archive = createArchiver({
  sql,
  logger: silentLogger,
  clock: { ...systemClock, now: () => systemClock.now() + Number(aheadMs) },
  blobs: { store: async () => store, close: async () => undefined },
});
while (await archive());
process.exit(3);
