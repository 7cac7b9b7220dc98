import { expect, test } from 'vitest';
import { incomingBody } from './read-body.ts';

/** A request whose body comes in pieces of a hundred bytes each. */
function request(pieces: number): Request {
  let sent = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (sent++ < pieces) controller.enqueue(new Uint8Array(100).fill(sent));
        else controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  return new Request('https://edge.test/', { method: 'POST', body, duplex: 'half' } as RequestInit);
}

test('a body that was too large for one cap is read on to its end under a larger one', async () => {
  const body = incomingBody(request(5), 1_000);
  expect(await body.read(250)).toEqual({ kind: 'too_large' });
  const outcome = await body.read(500);
  if (outcome.kind !== 'read') throw new Error(outcome.kind);
  expect([...outcome.body.filter((_, at) => at % 100 === 0)]).toEqual([1, 2, 3, 4, 5]);
  expect(outcome.body).toHaveLength(500);
});

test('a body that was read under one cap is too large for a smaller one', async () => {
  const body = incomingBody(request(5), 1_000);
  expect((await body.read(500)).kind).toBe('read');
  expect(await body.read(499)).toEqual({ kind: 'too_large' });
  expect((await body.read(500)).kind).toBe('read');
});

test('a body that stalled stays so, whatever the cap', async () => {
  const stalled = new ReadableStream<Uint8Array>({ pull: () => new Promise<void>(() => undefined) });
  const body = incomingBody(
    new Request('https://edge.test/', { method: 'POST', body: stalled, duplex: 'half' } as RequestInit),
    20,
  );
  expect(await body.read(100)).toEqual({ kind: 'timed_out' });
  expect(await body.read(10_000)).toEqual({ kind: 'timed_out' });
});
