import { openBlobStore } from '@nexomatic/blob-store/open-blob-store';
import { systemClock } from '@nexomatic/clock';
import { openDatabase } from '@nexomatic/db/database';
import type { Sql, SqlRunner } from '@nexomatic/db/sql';
import { silentLogger } from '@nexomatic/logger';
import { createRestorer } from '../restorer.ts';

/** A hub that restores logs, or takes them away again, and is killed at one step: a program of its own, started by the tests. */

const [databaseUrl = '', folder = '', point = '', aheadMs = '0'] = process.argv.slice(2);
const die = () => process.kill(process.pid, 'SIGKILL');

const database = await openDatabase({ url: databaseUrl, logger: silentLogger });
const opened = await openBlobStore({ kind: 'file', folder });
const store: typeof opened = {
  ...opened,
  async *read(key, range) {
    yield* opened.read(key, range);
    if (point === 'read') die();
  },
};

/** What each point waits for, and how often. */
const statements: Record<string, [RegExp, number]> = {
  'chunks written': [/^INSERT INTO log_chunks/, 1],
  'a part committed': [/^INSERT INTO log_chunks/, 2],
  'all written': [/^UPDATE log_archive_parts SET hot_since = \?/, 1],
  'said to go': [/^DELETE FROM log_records/, 1],
  'rows deleted': [/^UPDATE log_archive_parts SET hot_until = NULL/, 1],
};
const [wanted, times] = statements[point] ?? [/^never$/, 1];
let seen = 0;

function watched<Runner extends SqlRunner>(runner: Runner): Runner {
  return {
    ...runner,
    async run(text, params) {
      if (wanted.test(text) && ++seen === times) die();
      return await runner.run(text, params);
    },
  };
}
const sql: Sql = {
  ...watched(database.sql),
  transaction: (work) => database.sql.transaction((tx) => work(watched(tx))),
};

const restore = createRestorer({
  sql,
  logger: silentLogger,
  clock: { ...systemClock, now: () => systemClock.now() + Number(aheadMs) },
  blobs: { store: async () => store, close: async () => undefined },
});
while (await restore());
process.exit(3);
