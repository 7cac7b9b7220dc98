import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { expect, test } from 'vitest';
import { withSignal } from './with-signal.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Like a stream: it has the signal, and nobody has the request any more. */
function follow(stopping: AbortSignal) {
  const { signal } = withSignal(new Request('http://hub/trpc/events.changes'), AbortSignal.any([stopping]));
  const seen = { aborted: false };
  signal.addEventListener('abort', () => {
    seen.aborted = true;
  });
  return seen;
}

test('a stream is ended by the signal that it was given, also when its request has gone from memory', async () => {
  const stopping = new AbortController();
  const streams = Array.from({ length: 20 }, () => follow(stopping.signal));
  for (let round = 0; round < 5; round += 1) {
    collectGarbage();
    await new Promise((resolve) => setImmediate(resolve));
  }
  stopping.abort();
  await waitFor(() => streams.every(({ aborted }) => aborted), { what: 'all streams to be ended' });
  expect(streams.every(({ aborted }) => aborted)).toBe(true);
});
