import { Readable } from 'node:stream';
import { createArchiver } from '../archive-logs.ts';
import { die, openDoomedHub, point } from './doomed-hub.ts';

/** A hub that archives and is killed at one step, as by a power cut: a program of its own, started by the tests. */

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
const { database, watched, parts } = await openDoomedHub(
  (opened) => ({
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
  }),
  (run) => async (text, params) => {
    const isDelete = text.startsWith('DELETE FROM log_');
    if (point === 'committed' && isDelete) die();
    const outcome = await run(text, params);
    if (isDelete) deletes += 1;
    if (point === 'deleting' && deletes === 2) die();
    return outcome;
  },
);

const archive = createArchiver({ sql: watched(database.sql), ...parts });
while (await archive());
process.exit(3);
