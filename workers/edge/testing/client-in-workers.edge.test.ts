import { createNexomatic, NexomaticError } from '@nexomatic/client/nexomatic';
import { problem } from '@nexomatic/contracts/error-code';
import { newId } from '@nexomatic/contracts/id';
import { expect, test } from 'vitest';

/** The program's client is made for Workers too: the same calls, in workerd, against a hub's documented answers. */
const id = newId('event');
const finished = { id, type: 'deploy.app', state: 'SUCCESS' };
const answers: Record<string, () => Response> = {
  'events.fire': () => Response.json({ result: { data: { id, state: 'QUEUED', duplicate: false } } }),
  'events.get': () => Response.json({ result: { data: finished } }),
  'events.list': () => {
    const refusal = problem('forbidden', 'This API token does not hold events.read.');
    return Response.json(
      { error: { message: refusal.detail, code: -32_003, data: { problem: refusal } } },
      { status: 403 },
    );
  },
  'events.changes': () =>
    new Response('event: connected\ndata: {}\n\n', { headers: { 'content-type': 'text/event-stream' } }),
};

const hub = createNexomatic({
  url: 'https://hub.test',
  token: 'nxt_test',
  fetch: async (input) => {
    const name = new URL(String(input)).pathname.replace('/trpc/', '');
    return answers[name]?.() ?? new Response(null, { status: 404 });
  },
});

test('a Worker fires an event and waits for its end', async () => {
  expect(await hub.fire('deploy.app', { version: 7 }, { wait: true })).toEqual(finished);
});

test('a refusal reaches a Worker with its code', async () => {
  const refused = hub.events.list();
  await expect(refused).rejects.toBeInstanceOf(NexomaticError);
  await expect(refused).rejects.toMatchObject({ code: 'forbidden' });
});
