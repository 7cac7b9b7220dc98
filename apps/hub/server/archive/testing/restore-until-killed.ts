import type { Sql } from '@nexomatic/db/sql';
import { createRestorer } from '../restorer.ts';
import { die, openDoomedHub, point } from './doomed-hub.ts';

/** A hub that restores logs, or takes them away again, and is killed at one step: a program of its own, started by the tests. */

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

const { database, watched, parts } = await openDoomedHub(
  (opened) => ({
    async *read(key, range) {
      yield* opened.read(key, range);
      if (point === 'read') die();
    },
  }),
  (run) => async (text, params) => {
    if (wanted.test(text) && ++seen === times) die();
    return await run(text, params);
  },
);
const sql: Sql = {
  ...watched(database.sql),
  transaction: (work) => database.sql.transaction((tx) => work(watched(tx))),
};

const restore = createRestorer({ sql, ...parts });
while (await restore());
process.exit(3);
