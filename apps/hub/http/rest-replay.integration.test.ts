import type { RequestSummary } from '@nexomatic/contracts/request-api';
import { describe, expect, test } from 'vitest';
import { openRest } from './testing/open-rest.ts';
import { bearer } from './testing/open-test-web.ts';
import { readEvents } from './testing/read-events.ts';
import { onAction, webhookRequests } from './testing/webhook-requests.ts';

const rest = await openRest();
const { web, call } = rest;
const { send, source, listed, get } = webhookRequests(rest);

describe('a replay', () => {
  test('sends a request that was filtered through the routes of now, once for each wish', async () => {
    const { id, key } = await source({ dedupe: { by: 'body' } }, { eventTypeId: null });
    const { answer } = await send(key, '{"action":"opened"}', { 'x-kept': 'yes' });
    const { version, name } = (await call('GET', `/sources/${id}`)).body;
    const routing = { routes: [onAction('opened', rest.pipeline.eventType.id)] };
    await call('PUT', `/sources/${id}`, { version, name, settings: { routing } });

    const headers = { ...bearer(rest.pipeline.apiToken), 'idempotency-key': 'wish-1' };
    const replayed = await call('POST', `/requests/${answer.receiptId}/replay`, {}, headers);
    expect(replayed).toMatchObject({ status: 200, body: { outcome: 'accepted', eventIds: [expect.any(String)] } });
    expect((await call('POST', `/requests/${answer.receiptId}/replay`, {}, headers)).body).toEqual(replayed.body);
    const again = await call('POST', `/requests/${answer.receiptId}/replay`, {});
    expect(again.body.receiptId).not.toBe(replayed.body.receiptId);

    const shown = await get(String(replayed.body.receiptId));
    expect(shown).toMatchObject({ replayOf: answer.receiptId, outcome: 'accepted', status: null });
    expect(shown.headers).toEqual(expect.arrayContaining([{ name: 'x-kept', value: 'yes', masked: false }]));
    const [eventId] = replayed.body.eventIds as string[];
    const event = (await call('GET', `/events/${eventId}`)).body;
    expect(event.payload).toMatchObject({ text: '{"action":"opened"}' });
    expect(event.activity).toMatchObject([{ verb: 'replayed', detail: `request ${answer.receiptId}` }]);
  });

  test('of a request that was fired before fires again, and its delivery id hinders nothing', async () => {
    const { key } = await source({ dedupe: { by: 'body' } });
    const { answer } = await send(key, '{"n":1}');
    const { body } = await call('POST', `/requests/${answer.receiptId}/replay`, {});
    expect(body).toMatchObject({ outcome: 'accepted', eventIds: [expect.any(String)] });
    expect(body.eventIds).not.toContain(answer.eventId);
  });

  test('is refused where the body is no JSON, not kept whole, or the source is gone', async () => {
    const { id, key } = await source();
    await send(key, '{"n":');
    const [refused] = await listed(id, 1);
    expect(await call('POST', `/requests/${refused?.id}/replay`, {})).toMatchObject({
      status: 422,
      body: { code: 'invalid_json' },
    });

    const filtering = await source({}, { eventTypeId: null });
    const large = await send(filtering.key, JSON.stringify('x'.repeat(70_000)));
    expect(await get(large.answer.receiptId)).toMatchObject({ replayable: false });
    expect((await call('POST', `/requests/${large.answer.receiptId}/replay`, {})).status).toBe(409);

    const { answer } = await send(key, '1');
    await call('DELETE', `/sources/${id}`);
    expect((await call('POST', `/requests/${answer.receiptId}/replay`, {})).status).toBe(409);
  });
});

test('whoever listens is told of the next requests, whatever becomes of them, and of no other source', async () => {
  const { id, key } = await source(
    { routing: { routes: [onAction('go', rest.pipeline.eventType.id)] } },
    { eventTypeId: null },
  );
  const other = await source();
  await send(key, '{"action":"go"}');
  const stop = new AbortController();
  const query = new URLSearchParams({ input: JSON.stringify({ source: id }) });
  const response = await web.get(`/trpc/requests.listen?${query}`, {
    headers: bearer(rest.pipeline.apiToken),
    signal: stop.signal,
  });
  const told: RequestSummary[] = [];
  const reading = (async () => {
    for await (const { event, data } of readEvents(response)) {
      if (event === 'message') told.push(data as RequestSummary);
      if (told.at(-1)?.outcome === 'refused') return;
    }
  })();
  // The stream is open a moment before it looks for the first time; what comes before that is not news to it.
  await expect
    .poll(async () => {
      await send(other.key, '1');
      if (told.length === 0) await send(key, '{"action":"go"}');
      return told.length;
    })
    .toBeGreaterThan(0);
  await send(key, '{"action":"stay"}');
  await expect.poll(() => told.at(-1)?.outcome).toBe('filtered');
  await send(key, 'no JSON');
  await reading;
  stop.abort();
  expect(told.map(({ outcome }) => outcome).slice(-2)).toEqual(['filtered', 'refused']);
  expect(told.every(({ sourceId }) => sourceId === id)).toBe(true);
});
