import { createHmac } from 'node:crypto';
import type { RequestSummary } from '@nexomatic/contracts/request-api';
import { makeApiToken, makeEventType } from '@nexomatic/testkit/factories';
import { describe, expect, test } from 'vitest';
import { openRest } from './testing/open-rest.ts';
import { bearer } from './testing/open-test-web.ts';
import { onAction, webhookRequests } from './testing/webhook-requests.ts';

const rest = await openRest();
const { database, web, call } = rest;
const { send, source, list, listed, get } = webhookRequests(rest);

describe('requests of a source', () => {
  test('are listed newest first with what became of them, and counted', async () => {
    const { id, key } = await source({ dedupe: { by: 'header', header: 'x-delivery' } });
    const first = await send(key, '{"n":1}', { 'x-delivery': '1' });
    expect(await send(key, '{"n":1}', { 'x-delivery': '1' })).toMatchObject({
      status: 200,
      answer: { duplicate: true, eventId: first.answer.eventId, receiptId: first.answer.receiptId },
    });
    expect((await send(key, '{"n":', { 'x-delivery': '2' })).status).toBe(422);
    expect(await listed(id, 2)).toMatchObject([
      { outcome: 'refused', status: 422, cause: 'invalid_json', detail: expect.stringMatching(/Line 1/), events: [] },
      {
        id: first.answer.receiptId,
        outcome: 'accepted',
        status: 202,
        duplicates: 1,
        events: [{ id: first.answer.eventId, name: rest.pipeline.eventType.name }],
      },
    ]);
    expect((await list(id, '&outcome=refused')).map(({ cause }) => cause)).toEqual(['invalid_json']);
    expect((await list(id, '&outcome=duplicate')).map((one) => one.id)).toEqual([first.answer.receiptId]);
    expect(await list(id, '&cause=signature_mismatch')).toEqual([]);

    await web.services.requestCounters.write();
    const counts = { accepted: 1, duplicate: 1, filtered: 0, refused: 1 };
    expect((await call('GET', `/sources/${id}`)).body.requestsLastDay).toEqual(counts);
  });

  test('are paged by key, and a made-up cursor is refused', async () => {
    const { id, key } = await source();
    const sent: string[] = [];
    for (const n of [1, 2, 3]) sent.unshift((await send(key, String(n))).answer.receiptId);
    const page = (await call('GET', `/requests?source=${id}&limit=2`)).body;
    const rest2 = (await call('GET', `/requests?source=${id}&limit=2&cursor=${page.nextCursor}`)).body;
    const ids = [page, rest2].map(({ requests }) => (requests as RequestSummary[]).map((one) => one.id));
    expect(ids).toEqual([sent.slice(0, 2), sent.slice(2)]);
    expect(rest2.nextCursor).toBeNull();
    expect((await call('GET', `/requests?source=${id}&cursor=MSBldnRfMQ`)).status).toBe(400);
  });

  test('show their headers without what they were signed by, their body and the secret that matched', async () => {
    const secret = 'It’s a secret to everybody';
    const { id, key } = await source({ verification: { scheme: 'github' } });
    const added = await call('POST', `/sources/${id}/secrets`, { value: secret });
    const body = '{"big":12345678901234567890,"\\u0000":"é"}';
    const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
    const { status, answer } = await send(key, body, {
      'x-hub-signature-256': signature,
      'x-github-delivery': 'd1',
      authorization: 'Bearer to-nobody',
    });
    expect(status).toBe(202);
    const shown = await get(answer.receiptId);
    expect(shown).toMatchObject({
      body: { text: body, base64: null, complete: true },
      secret: { id: added.body.id, hint: 'body' },
      replayable: true,
      replayOf: null,
    });
    expect(shown.headers).toEqual(
      expect.arrayContaining([
        { name: 'x-hub-signature-256', value: '***', masked: true },
        { name: 'x-github-delivery', value: 'd1', masked: false },
      ]),
    );
    expect(JSON.stringify(shown)).not.toMatch(new RegExp(`to-nobody|${signature.slice(7)}`));
    await expect
      .poll(async () => (await call('GET', `/sources/${id}/secrets`)).body.secrets)
      .toMatchObject([{ lastUsedAt: expect.any(String) }]);
  });

  test('that were not signed rightly are kept with the cause that their sender is not told', async () => {
    const { id, key } = await source({ verification: { scheme: 'github' } });
    await call('POST', `/sources/${id}/secrets`, { value: 'a-secret-of-our-own' });
    const { status, answer } = await send(key, '{"n":1}', { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` });
    expect({ status, code: answer.code }).toEqual({ status: 401, code: 'signature_invalid' });
    expect(JSON.stringify(answer)).not.toContain('signature_mismatch');
    expect(await listed(id, 1)).toMatchObject([{ outcome: 'refused', status: 401, cause: 'signature_mismatch' }]);
  });

  test('with large or binary bodies show the beginning, as text up to a whole character or as base64', async () => {
    const { key } = await source({ content: { raw: true } });
    const text = `${'x'.repeat(65_535)}é and more`;
    const cut = await get((await send(key, text)).answer.receiptId);
    expect(cut.body).toEqual({ text: 'x'.repeat(65_535), base64: null, complete: false });
    const response = await web.get(`/h/${key}`, { method: 'POST', body: Uint8Array.of(0xff, 0, 1) });
    const { receiptId } = (await response.json()) as { receiptId: string };
    expect((await get(receiptId)).body).toEqual({ text: null, base64: '/wAB', complete: true });
  });

  test('are seen only with the right to see events', async () => {
    const { id, key } = await source();
    const { answer } = await send(key, '1');
    const { token } = await makeApiToken(database, rest.pipeline.tenant.id, {
      scopes: 'definitions.read',
    });
    const refused = await Promise.all([
      call('GET', `/requests?source=${id}`, undefined, bearer(token)),
      call('GET', `/requests/${answer.receiptId}`, undefined, bearer(token)),
      call('POST', `/sources/${id}/try-routes`, { request: { id: answer.receiptId } }, bearer(token)),
    ]);
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403]);
    expect((await call('POST', `/sources/${id}/try-routes`, { request: { body: '1' } }, bearer(token))).status).toBe(
      200,
    );
  });
});

describe('routes', () => {
  test('fire the type that matches, or several at once, and what matches nothing is kept', async () => {
    const [opened, closed] = [
      await makeEventType(database, rest.pipeline),
      await makeEventType(database, rest.pipeline),
    ];
    const routes = [onAction('opened', opened.id), onAction('closed', closed.id)];
    const any = { when: [{ in: 'body', at: '/action', is: 'exists', values: [] }], eventTypeId: closed.id };
    const { id, key } = await source({ routing: { routes: [...routes, any], match: 'all' } }, { eventTypeId: null });
    await send(key, '{"action":"opened"}');
    await send(key, '{"action":"closed"}');
    const filtered = await send(key, '{"nothing":"of this"}');
    expect(filtered).toMatchObject({ status: 202, answer: { status: 'accepted', eventId: null } });
    const names = (await list(id)).map(({ outcome, cause, events }) => [
      outcome,
      cause,
      ...events.map(({ name }) => name),
    ]);
    expect(names).toEqual([
      ['filtered', 'no_route'],
      ['accepted', null, closed.name],
      ['accepted', null, opened.name, closed.name],
    ]);
    expect(await get(filtered.answer.receiptId)).toMatchObject({
      body: { text: '{"nothing":"of this"}', complete: true },
      detail: 'No route matches, and the source names no event type for what is left.',
    });
  });

  test('can be tried before they are saved, on a kept request or a given one', async () => {
    const { id, key } = await source({}, { eventTypeId: null });
    const { answer } = await send(key, '{"action":"opened","n":7}', { 'x-event': 'issue' });
    const settings = {
      routing: {
        routes: [
          {
            when: [
              { in: 'header', at: 'X-Event', is: 'equals', values: ['issue'] },
              { in: 'body', at: '/n', is: 'above', values: ['7'] },
            ],
            eventTypeId: rest.pipeline.eventType.id,
          },
          onAction('opened', rest.pipeline.eventType.id),
        ],
      },
    };
    const tried = await call('POST', `/sources/${id}/try-routes`, { settings, request: { id: answer.receiptId } });
    expect(tried.body).toMatchObject({
      routes: [
        {
          matches: false,
          conditions: [
            { holds: true, found: 'issue' },
            { holds: false, found: '7' },
          ],
        },
        { matches: true, conditions: [{ holds: true, found: 'opened' }] },
      ],
      fires: [{ id: rest.pipeline.eventType.id, name: rest.pipeline.eventType.name }],
    });
    const request = { headers: [['X-EVENT', 'issue']], body: '{"n":8}' };
    expect((await call('POST', `/sources/${id}/try-routes`, { settings, request })).body).toMatchObject({
      routes: [{ matches: true }, { matches: false, conditions: [{ holds: false, found: null }] }],
    });
    expect((await call('POST', `/sources/${id}/try-routes`, { request })).body).toEqual({ routes: [], fires: [] });
  });
});
