import { rollBackMs } from '@nexomatic/contracts/secret-api';
import { secretValueLimit } from '@nexomatic/contracts/secret-limits';
import { wipeReplacedValues } from '@nexomatic/db/ledger/secret-values';
import { noble } from '@nexomatic/sealing/noble';
import { sealSecret } from '@nexomatic/sealing/secret-box';
import { makePipeline } from '@nexomatic/testkit/factories';
import { describe, expect, test } from 'vitest';
import { sealFor } from '#server/secrets/testing/seal-for.ts';
import { auditOf } from './testing/call-rest.ts';
import { openRest } from './testing/open-rest.ts';

const rest = await openRest();
const { database, web, call } = rest;
const seal = (name: string, value: string | Uint8Array, version?: number) =>
  sealFor(web.services, rest.pipeline.tenant.id, name, value, version);
const make = async (name: string, value: string | Uint8Array) =>
  call('POST', '/secrets', { name, value: await seal(name, value) });
const setValue = async (id: unknown, name: string, value: string, version: number) =>
  call('PUT', `/secrets/${id}/value`, { value: await seal(name, value, version) });
test('a value is sealed to the key of the tenant, and what is answered tells everything but the value', async () => {
  const { body: key } = await call('GET', '/secrets/key?name=API_TOKEN');
  expect(key).toEqual({
    keyId: expect.stringMatching(/^tky_/),
    key: expect.any(String),
    tenantId: rest.pipeline.tenant.id,
    secret: null,
    sinks: [],
  });
  const place = { tenant: rest.pipeline.tenant.id, name: 'API_TOKEN', version: 1 };
  const box = sealSecret(noble, Buffer.from(String(key.key), 'base64'), place, Buffer.from('hunter2-canary'));
  const sealed = { keyId: key.keyId, version: 1, box: Buffer.from(box).toString('base64') };
  const created = await call('POST', '/secrets', { name: 'API_TOKEN', value: sealed });
  expect(created).toMatchObject({
    status: 201,
    body: { state: 'ok', valueVersion: 1, nextVersion: 2, size: 14, short: false, rollBack: null, warnings: [] },
  });
  const { id } = created.body;
  expect((await call('GET', '/secrets/key?name=API_TOKEN')).body).toEqual({
    ...key,
    secret: { id, nextVersion: 2, endToEnd: false },
  });
  const audit = await auditOf(web, id);
  expect(audit.map(({ action }) => action)).toEqual(['secret.created', 'secret.value_set']);
  for (const told of [created.body, (await call('GET', `/secrets/${id}`)).body, audit]) {
    expect(JSON.stringify(told)).not.toMatch(/hunter2-canary|aHVudGVyMi1jYW5hcnk/);
  }
});

test('many who ask at the same moment are told one and the same key', async () => {
  const { tenant, apiToken } = await makePipeline(database);
  const ask = () => web.get('/api/v1/secrets/key', { headers: { authorization: `Bearer ${apiToken}` } });
  const keys = await Promise.all(Array.from({ length: 8 }, async () => (await (await ask()).json()).keyId));
  expect(new Set(keys).size).toBe(1);
  expect((await web.services.tenantKeys.current(tenant.id)).keyId).toBe(keys[0]);
});

describe('a value', () => {
  test.each([
    ['nothing', '', 'the value is empty'],
    ['one byte too many', 'x'.repeat(secretValueLimit + 1), 'the value has 49153 bytes; at most 49152 are taken'],
    ['no text', Uint8Array.of(0xff, 0xfe), 'the value is not UTF-8 text; encode it, for example as base64'],
  ])('of %s is refused', async (_, value, message) => {
    expect(await make('KEY', value)).toMatchObject({
      status: 422,
      body: { code: 'unprocessable', errors: [{ path: 'value', message }] },
    });
    expect((await call('GET', '/secrets')).body.secrets).toEqual([]);
  });

  test('of 49,152 bytes is taken', async () => {
    expect(await make('KEY', 'x'.repeat(secretValueLimit))).toMatchObject({ status: 201, body: { size: 49_152 } });
  });

  test.each([
    ['1234', true],
    ['12345', true],
    ['123456', false],
    ['ключик', false],
  ])('%j is taken, with a warning where it is too short to be masked: %s', async (value, short) => {
    const warnings = short
      ? [{ code: 'secret_short', path: 'value', message: expect.stringMatching(/^too short to mask/) }]
      : [];
    expect(await make('KEY', value)).toMatchObject({ status: 201, body: { short, warnings } });
  });

  test('that was sealed to a key of before is refused, with the key to seal it to', async () => {
    const { keyId, key } = (await call('GET', '/secrets/key')).body;
    const stale = { ...(await seal('KEY', 'hunter2')), keyId: 'tky_01jd5y0q6vf0x9h2m7k3c8t4zr' };
    expect(await call('POST', '/secrets', { name: 'KEY', value: stale })).toMatchObject({
      status: 409,
      body: { code: 'seal_key_changed', sealKey: { keyId, key } },
    });
  });

  test.each([
    ['another name', () => seal('OTHER', 'hunter2')],
    ['another version', async () => ({ ...(await seal('KEY', 'hunter2', 2)), version: 1 })],
    [
      'another tenant',
      async () => {
        const { keyId } = await seal('KEY', 'hunter2');
        const { publicKey } = await web.services.tenantKeys.current(rest.pipeline.tenant.id);
        const place = { tenant: (await makePipeline(database)).tenant.id, name: 'KEY', version: 1 };
        const box = sealSecret(noble, publicKey, place, Buffer.from('hunter2'));
        return { keyId, version: 1, box: Buffer.from(box).toString('base64') };
      },
    ],
    [
      'another key',
      async () => {
        const theirs = await makePipeline(database);
        return {
          ...(await sealFor(web.services, theirs.tenant.id, 'KEY', 'hunter2')),
          keyId: (await seal('KEY', 'x')).keyId,
        };
      },
    ],
    ['nobody', async () => ({ ...(await seal('KEY', 'hunter2')), box: 'AAAA' })],
  ])('that was sealed for %s is refused', async (_, sealed) => {
    expect(await call('POST', '/secrets', { name: 'KEY', value: await sealed() })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'value.box' }] },
    });
  });

  test('in clear is not taken', async () => {
    expect((await call('POST', '/secrets', { name: 'KEY', value: 'hunter2' })).status).toBe(400);
  });
});

test('a save without a value keeps the one that is there', async () => {
  const { id, version } = (await make('KEY', 'hunter2')).body;
  const saved = await call('PUT', `/secrets/${id}`, { version, description: 'of the shop' });
  expect(saved).toMatchObject({ status: 200, body: { description: 'of the shop', valueVersion: 1, size: 7 } });
  const value = await seal('KEY', 'a longer value', 2);
  const both = await call('PUT', `/secrets/${id}`, { version: saved.body.version, description: '', value });
  expect(both).toMatchObject({ status: 200, body: { description: '', valueVersion: 2, size: 14 } });
});

test('of two who set a value at the same moment one is told to seal for the next version', async () => {
  const { id } = (await make('KEY', 'hunter2')).body;
  const answers = await Promise.all([setValue(id, 'KEY', 'one', 2), setValue(id, 'KEY', 'two', 2)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'conflict', currentVersion: 2 });
});

test('the value before can be taken back for half an hour, to and fro, and numbers are never used again', async () => {
  const { id } = (await make('KEY', 'hunter2')).body;
  const second = await setValue(id, 'KEY', 'a new value', 2);
  expect(second.body).toMatchObject({ valueVersion: 2, rollBack: { version: 1, until: expect.any(String) } });
  const back = await call('POST', `/secrets/${id}/roll-back`, { version: second.body.version });
  expect(back).toMatchObject({
    status: 200,
    body: { valueVersion: 1, size: 7, nextVersion: 3, rollBack: { version: 2 } },
  });
  expect(await call('POST', `/secrets/${id}/roll-back`, { version: second.body.version })).toMatchObject({
    status: 409,
  });
  const again = await call('POST', `/secrets/${id}/roll-back`, { version: back.body.version });
  expect(again).toMatchObject({ status: 200, body: { valueVersion: 2, size: 11, rollBack: { version: 1 } } });
  expect((await setValue(id, 'KEY', 'the third', 3)).body).toMatchObject({ valueVersion: 3, rollBack: { version: 2 } });
  expect((await auditOf(web, id)).map(({ action }) => action)).toEqual([
    ...['secret.created', 'secret.value_set', 'secret.value_set', 'secret.rolled_back', 'secret.rolled_back'],
    'secret.value_set',
  ]);
});

test('a value that can be taken back no more is wiped, and who set it when stays', async () => {
  const { id } = (await make('KEY', 'hunter2')).body;
  const second = await setValue(id, 'KEY', 'a new value', 2);
  const { sql, clock } = web.services;
  await wipeReplacedValues(sql, new Date(clock.now()));
  expect((await call('GET', `/secrets/${id}`)).body.rollBack).toMatchObject({ version: 1 });
  await wipeReplacedValues(sql, new Date(clock.now() + rollBackMs + 60_000));
  expect((await call('GET', `/secrets/${id}`)).body.rollBack).toBeNull();
  const refused = await call('POST', `/secrets/${id}/roll-back`, { version: second.body.version });
  expect(refused).toMatchObject({ status: 422, body: { code: 'unprocessable' } });
  const { versions } = (await call('GET', `/secrets/${id}/versions`)).body;
  const common = { createdAt: expect.any(String), createdBy: expect.any(String), keptUntil: null };
  expect(versions).toEqual([
    { ...common, version: 2, size: 11, current: true },
    { ...common, version: 1, size: 7, current: false },
  ]);
});
