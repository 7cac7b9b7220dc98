import { newId } from '@nexomatic/contracts/id';
import { defaultSourceSettings } from '@nexomatic/contracts/source-settings';
import { makeEventType } from '@nexomatic/testkit/factories';
import { describe, expect, test } from 'vitest';
import { auditOf } from './testing/call-rest.ts';
import { openRest } from './testing/open-rest.ts';

const rest = await openRest();
const { database, web, call } = rest;

let made = 0;
const create = (settings?: object, more: object = {}) =>
  call('POST', '/sources', { name: `source-${made++}`, kind: 'WEBHOOK', ...(settings ? { settings } : {}), ...more });
const update = (source: Record<string, unknown>, settings: object | undefined, version = source.version) =>
  call('PUT', `/sources/${source.id}`, { version, name: source.name, ...(settings ? { settings } : {}) });
const route = (at: string, eventTypeId = rest.pipeline.eventType.id) => ({
  when: [{ in: at.startsWith('/') ? 'body' : 'header', at, is: 'exists' }],
  eventTypeId,
});

describe('the settings of a webhook', () => {
  test('are the defaults until they are set, and stay where a change leaves them out', async () => {
    const { body: source } = await create();
    expect(source).toMatchObject({ settings: defaultSourceSettings, scheme: 'none', liveSecrets: 0 });
    const changed = await update(source, { verification: { scheme: 'github' }, dedupeDays: 3 });
    expect(changed).toMatchObject({ status: 200, body: { version: 2, scheme: 'github' } });
    const kept = await update(changed.body, undefined);
    expect(kept.body.settings).toEqual({
      ...defaultSourceSettings,
      verification: { scheme: 'github', allowSha1: false },
      dedupeDays: 3,
    });
    expect((await call('GET', `/sources/${source.id}`)).body.settings).toEqual(kept.body.settings);
    expect((await auditOf(web, source.id))[1]).toMatchObject({
      action: 'source.updated',
      before: { settings: { verification: { scheme: 'none' } } },
      after: { settings: { verification: { scheme: 'github' }, dedupeDays: 3 } },
    });
  });

  test('are not saved over what somebody else saved', async () => {
    const { body: source } = await create();
    await update(source, { dedupeDays: 3 });
    expect(await update(source, { dedupeDays: 4 })).toMatchObject({
      status: 409,
      body: { code: 'conflict', currentVersion: 2 },
    });
  });

  test('are refused with every field that could not work', async () => {
    const hmac = { scheme: 'hmac', header: 'x-sig', template: '{timestamp}.{id}.{body}' };
    const { status, body } = await create({
      verification: hmac,
      allowedAddresses: ['192.0.2.0/24', '10.0.0.0/33', 'example.com'],
      routing: { routes: [route('/a'), route('/a', newId('eventType')), route('x-event')] },
    });
    expect({ status, code: body.code }).toEqual({ status: 422, code: 'unprocessable' });
    expect((body.errors as { path: string }[]).map(({ path }) => path)).toEqual([
      'settings.allowedAddresses[1]',
      'settings.allowedAddresses[2]',
      'settings.verification.template',
      'settings.verification.template',
      'settings.routing.routes[2].when[0].at',
      'settings.routing.routes[1].eventTypeId',
    ]);
  });

  test.each([
    ['github', {}, 'x-github-event', false],
    ['standard_webhooks', {}, 'Webhook-Id', true],
    ['slack', {}, 'x-slack-request-timestamp', true],
    ['stripe', {}, 'stripe-signature', false],
    ['hmac', { header: 'x-sig', idHeader: 'X-Id', template: '{id}.{body}' }, 'x-id', true],
    ['hmac', { header: 'x-sig', idHeader: 'X-Id', template: '{body}' }, 'x-id', false],
    ['basic', {}, 'x-any', true],
    ['gitlab_token', {}, 'x-any', true],
    ['none', {}, 'x-any', true],
  ])('of scheme %s %o let the header %s decide: %s', async (scheme, more, header, allowed) => {
    const settings = { verification: { scheme, ...more }, routing: { routes: [route(header)] } };
    expect((await create(settings)).status).toBe(allowed ? 201 : 422);
    const trusting = { ...settings, routing: { ...settings.routing, trustUnsigned: true } };
    expect((await create(trusting)).status).toBe(201);
  });

  test('of unknown members, or of a source of another kind, are refused', async () => {
    expect((await create({ verifcation: { scheme: 'github' } })).status).toBe(400);
    expect((await create({ verification: { scheme: 'github', secret: 'x' } })).status).toBe(400);
    expect((await create({ dedupeDays: 31 })).status).toBe(400);
    expect(await create({}, { kind: 'CUSTOM' })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'settings' }] },
    });
    expect((await create(undefined, { kind: 'CUSTOM' })).body).toMatchObject({ settings: null, scheme: null });
  });

  test('warn of what hinders them', async () => {
    const disabled = await makeEventType(database, rest.pipeline, { enabled: false });
    const picky = await makeEventType(database, rest.pipeline, { sourceKind: 'CUSTOM' });
    const { body } = await create({
      verification: { scheme: 'github', allowSha1: true },
      routing: { routes: [route('/a', disabled.id), route('/b', picky.id)] },
    });
    expect((body.warnings as { code: string; path: string }[]).map(({ code, path }) => [code, path])).toEqual([
      ['secret_missing', 'settings.verification'],
      ['weak_signature', 'settings.verification'],
      ['target_disabled', 'settings.routing.routes[0].eventTypeId'],
      ['source_refused', 'settings.routing.routes[1].eventTypeId'],
    ]);
  });

  test('keep an event type that a route names from being deleted', async () => {
    const target = await makeEventType(database, rest.pipeline);
    const { body: source } = await create({ routing: { routes: [route('/a', target.id)] } });
    expect(await call('DELETE', `/event-types/${target.id}`)).toMatchObject({
      status: 409,
      body: { code: 'in_use', references: [{ id: source.id, name: source.name, how: 'by a route' }] },
    });
    await update(source, {});
    expect((await call('DELETE', `/event-types/${target.id}`)).status).toBe(204);
  });
});

describe('secrets of a webhook', () => {
  const github = async () => (await create({ verification: { scheme: 'github' } })).body.id;
  const add = (id: unknown, body: object = {}) => call('POST', `/sources/${id}/secrets`, body);
  const list = async (id: unknown) =>
    (await call('GET', `/sources/${id}/secrets`)).body.secrets as {
      id: string;
      hint: string;
      retiresAt: string | null;
    }[];

  test('are told once if they were made here, and never again', async () => {
    const id = await github();
    const { status, body } = await add(id);
    expect(status).toBe(200);
    expect(body).toMatchObject({ value: expect.stringMatching(/^[0-9a-f]{64}$/), retiresAt: null, warnings: [] });
    const secret = String(body.value);
    expect(body.hint).toBe(secret.slice(-4));
    const everywhere = [
      await list(id),
      await call('GET', `/sources/${id}`),
      await call('GET', '/audit'),
      await auditOf(web, body.id),
    ];
    expect(JSON.stringify(everywhere)).not.toContain(secret);
    const stored = await database.sql.query<{ wrapped: Buffer }>('SELECT wrapped FROM source_secrets');
    expect(stored.some(({ wrapped }) => wrapped.includes(secret))).toBe(false);
    expect(await auditOf(web, body.id)).toMatchObject([{ action: 'source_secret.added', before: null }]);
  });

  test('are accepted at once, and the older ones for as long as was said', async () => {
    const id = await github();
    const given = 'a-secret-that-was-given-to-us';
    const first = await add(id, { value: given });
    expect(first.body).toMatchObject({ value: null, hint: 'o-us' });
    await add(id, { retireOthersAfterHours: 2 });
    const [newest, older] = await list(id);
    expect([newest?.retiresAt, older?.id]).toEqual([null, first.body.id]);
    const left = Date.parse(older?.retiresAt ?? '') - web.services.clock.now();
    expect(left).toBeGreaterThan(1.9 * 3_600_000);
    expect(left).toBeLessThanOrEqual(2 * 3_600_000);
    await add(id, { retireOthersAfterHours: 0 });
    expect(await list(id)).toHaveLength(1);
    expect((await call('GET', `/sources/${id}`)).body).toMatchObject({ liveSecrets: 1, warnings: [] });
  });

  test('are ended now or later, and their values are gone', async () => {
    const id = await github();
    const { body: secret } = await add(id);
    const path = `/sources/${id}/secrets/${secret.id}`;
    const retired = await call('POST', `${path}/retire`, { afterHours: 1 });
    expect(Date.parse(String(retired.body.retiresAt))).toBeGreaterThan(web.services.clock.now());
    expect((await call('DELETE', path)).status).toBe(204);
    expect(await list(id)).toEqual([]);
    expect((await call('DELETE', path)).status).toBe(404);
    const [row] = await database.sql.query<{ n: number }>(
      'SELECT COUNT(*) AS n FROM source_secrets WHERE revoked_at IS NOT NULL AND LENGTH(wrapped) > 0',
    );
    expect(Number(row?.n)).toBe(0);
    expect((await auditOf(web, secret.id)).map(({ action }) => action)).toEqual([
      'source_secret.added',
      'source_secret.retired',
      'source_secret.revoked',
    ]);
  });

  test('are no more than eleven at once', async () => {
    const id = await github();
    for (let i = 0; i < 11; i++) expect((await add(id, { retireOthersAfterHours: null })).status).toBe(200);
    expect(await add(id, { retireOthersAfterHours: null })).toMatchObject({
      status: 422,
      body: { code: 'unprocessable' },
    });
    expect(await list(id)).toHaveLength(11);
    expect((await add(id, { retireOthersAfterHours: 0 })).status).toBe(200);
  });

  test.each([
    ['standard_webhooks', {}, /^whsec_[A-Za-z0-9+/]{43}=$/],
    ['basic', {}, /^nexomatic:[\w-]{43}$/],
    ['hmac', { header: 'x-sig', keyEncoding: 'base64' }, /^[A-Za-z0-9+/]{43}=$/],
    ['token', {}, /^[\w-]{43}$/],
    ['gitlab_token', {}, /^[\w-]{43}$/],
  ])('of scheme %s %o are made in its form', async (scheme, more, form) => {
    const { body: source } = await create({ verification: { scheme, ...more } });
    expect((await add(source.id)).body.value).toMatch(form);
  });

  test.each(['stripe', 'slack', 'shopify', 'twilio', 'x'])('of %s are made by the sender', async (scheme) => {
    const { body: source } = await create({ verification: { scheme } });
    expect(await add(source.id)).toMatchObject({ status: 422, body: { errors: [{ path: 'value' }] } });
    expect((await add(source.id, { value: 'whsec_0123456789abcdef' })).status).toBe(200);
  });

  test.each([
    ['standard_webhooks', {}, 'whsk_6Xb', 422],
    ['standard_webhooks', {}, 'whsec_AQID', 422],
    ['standard_webhooks', {}, 'whpk_AQID', 422],
    ['standard_webhooks', {}, 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 200],
    ['stripe', {}, 'whsec_test secret', 422],
    ['basic', {}, 'no-colon', 422],
    ['basic', {}, 'user:pass:word', 200],
    ['hmac', { header: 'x-sig', keyEncoding: 'hex' }, 'abc', 422],
    ['hmac', { header: 'x-sig', keyEncoding: 'base64' }, 'ab', 422],
    ['github', {}, '', 400],
  ])('of scheme %s %o that are %s answer %i', async (scheme, more, value, status) => {
    const { body: source } = await create({ verification: { scheme, ...more } });
    expect((await add(source.id, { value })).status).toBe(status);
  });

  test('that are short or have spaces around them are taken with a warning, and short ones show no hint', async () => {
    expect((await add(await github(), { value: ' short ' })).body).toMatchObject({
      hint: '',
      warnings: [expect.stringMatching(/white space/), expect.stringMatching(/short/)],
    });
  });
});
