import { idToBytes, newId } from '@nexomatic/contracts/id';
import { unusedDays } from '@nexomatic/contracts/secret-api';
import { makeEventType, makeParameter, makePipeline, makeSecret } from '@nexomatic/testkit/factories';
import { describe, expect, test } from 'vitest';
import { sealFor } from '#server/secrets/testing/seal-for.ts';
import { openRest } from './testing/open-rest.ts';

const rest = await openRest();
const { database, web, call } = rest;
const dayMs = 86_400_000;
const daysOn = (days: number) => new Date(web.services.clock.now() + days * dayMs);
const dateOn = (days: number) => daysOn(days).toISOString().slice(0, 10);

async function make(name: string, facts: object = {}) {
  const value = await sealFor(web.services, rest.pipeline.tenant.id, name, 'hunter2');
  return call('POST', '/secrets', { name, value, ...facts });
}
const namesOf = async (query: string) => {
  const { secrets, missing } = (await call('GET', `/secrets${query}`)).body as Record<string, { name: string }[]>;
  return [secrets, missing].map((list) => list?.map(({ name }) => name));
};

test('each secret has one state, the worst that there is to say of it, and lists can be narrowed to it', async () => {
  const { tenant, action } = rest.pipeline;
  await call('POST', '/secrets', { name: 'A_EMPTY', expiresAt: dateOn(-1) });
  await make('B_EXPIRED', { expiresAt: dateOn(-1) });
  await make('C_SOON', { expiresAt: dateOn(10) });
  await make('D_LATER', { expiresAt: dateOn(60) });
  const old = { valueVersion: 1, valueSetAt: daysOn(-unusedDays - 1) };
  await makeSecret(database, tenant.id, { name: 'E_UNUSED', ...old });
  await makeSecret(database, tenant.id, { name: 'F_USED', ...old, lastUsedAt: daysOn(-1) });
  await makeParameter(database, action, { key: 'lost', kind: 'SECRET', value: 'G_MISSING' });

  const { secrets, missing } = (await call('GET', '/secrets')).body as Record<string, object[]>;
  expect(secrets?.map((one) => ('state' in one ? one.state : ''))).toEqual([
    ...['no_value', 'expired', 'expires_soon', 'ok', 'unused', 'ok'],
  ]);
  expect(missing).toEqual([{ name: 'G_MISSING', usedBy: [{ id: action.id, name: action.name }] }]);
  expect(await namesOf('?state=no_value')).toEqual([['A_EMPTY'], []]);
  expect(await namesOf('?state=expired')).toEqual([['B_EXPIRED'], []]);
  expect(await namesOf('?state=expires_soon')).toEqual([['C_SOON'], []]);
  expect(await namesOf('?state=ok')).toEqual([['D_LATER', 'F_USED'], []]);
  expect(await namesOf('?state=unused')).toEqual([['E_UNUSED'], []]);
  expect(await namesOf('?state=missing')).toEqual([[], ['G_MISSING']]);
  expect(await namesOf('?search=_U')).toEqual([['E_UNUSED', 'F_USED'], []]);
});

test('names that are referred to in vain stand on the first page alone', async () => {
  await makeParameter(database, rest.pipeline.action, { key: 'lost', kind: 'SECRET', value: 'LOST' });
  for (const name of ['A', 'B']) await make(name);
  const first = (await call('GET', '/secrets?limit=1')).body;
  expect(first).toMatchObject({ secrets: [{ name: 'A' }], missing: [{ name: 'LOST' }] });
  expect((await call('GET', `/secrets?limit=1&cursor=${first.nextCursor}`)).body).toMatchObject({
    secrets: [{ name: 'B' }],
    missing: [],
  });
});

describe('a grant', () => {
  test('names event types and sink types of the tenant, and forgets those that are deleted without letting others in', async () => {
    const other = await makeEventType(database, rest.pipeline);
    const grants = { eventTypeIds: [other.id], sinkTypeIds: null };
    const { id, version } = (await make('KEY', { grants })).body;
    expect((await call('GET', `/secrets/${id}`)).body).toMatchObject({ grants });
    await call('DELETE', `/event-types/${other.id}`);
    expect((await call('GET', `/secrets/${id}`)).body).toMatchObject({
      grants: { eventTypeIds: [], sinkTypeIds: null },
    });
    const saved = await call('PUT', `/secrets/${id}`, { version, grants: { eventTypeIds: [], sinkTypeIds: null } });
    expect(saved).toMatchObject({ status: 200, body: { grants: { eventTypeIds: [] } } });
  });

  test.each([
    ['of another tenant', async () => (await makePipeline(database)).eventType.id],
    ['that is not there', async () => newId('eventType')],
  ])('to an event type %s is refused', async (_, stranger) => {
    const grants = { eventTypeIds: [rest.pipeline.eventType.id, await stranger()], sinkTypeIds: null };
    expect(await make('KEY', { grants })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'grants.eventTypeIds[1]' }] },
    });
  });
});

describe('a save of an event type warns', () => {
  const check = async () => {
    const { eventType, action } = rest.pipeline;
    await makeParameter(database, action, { key: 'token', kind: 'SECRET', value: 'OF_ACTION' });
    const read = (await call('GET', `/event-types/${eventType.id}`)).body;
    const { name, sinkTypeId, actionId, version } = read;
    const parameters = [{ key: 'own', kind: 'SECRET', value: 'OWN' }];
    const { status, body } = await call('PUT', `/event-types/${eventType.id}`, {
      ...{ name, sinkTypeId, actionId, version, parameters },
    });
    expect(status).toBe(200);
    const warnings = body.warnings as { code: string; path: string; message: string }[];
    return warnings.filter(({ code }) => code.startsWith('secret_'));
  };

  test('of secrets that are missing, its own and those of its action', async () => {
    expect(await check()).toEqual([
      { code: 'secret_missing', path: 'parameters[0].value', message: 'there is no secret named OWN yet' },
      { code: 'secret_missing', path: 'actionId', message: 'there is no secret named OF_ACTION yet' },
    ]);
  });

  test('of secrets without a value, and of secrets that are not granted to it', async () => {
    await call('POST', '/secrets', { name: 'OWN' });
    await make('OF_ACTION', { grants: { eventTypeIds: [], sinkTypeIds: null } });
    expect(await check()).toEqual([
      { code: 'secret_without_value', path: 'parameters[0].value', message: 'the secret OWN has no value yet' },
      {
        code: 'secret_not_granted',
        path: 'actionId',
        message: 'the secret OF_ACTION is not granted to this event type',
      },
    ]);
  });

  test('of nothing where both are there for it', async () => {
    const { eventType, sinkType } = rest.pipeline;
    await make('OWN', { grants: { eventTypeIds: [eventType.id], sinkTypeIds: [sinkType.id] } });
    await make('OF_ACTION');
    expect(await check()).toEqual([]);
  });
});

test('a save of an action warns of the event types that its secret is not granted to', async () => {
  const { action, eventType } = rest.pipeline;
  await make('KEY', { grants: { eventTypeIds: null, sinkTypeIds: [] } });
  const { name, module, version } = (await call('GET', `/actions/${action.id}`)).body;
  const parameters = [{ key: 'own', kind: 'SECRET', value: 'KEY' }];
  expect((await call('PUT', `/actions/${action.id}`, { name, module, version, parameters })).body.warnings).toEqual([
    {
      code: 'secret_not_granted',
      path: 'parameters[0].value',
      message: `the secret KEY is not granted to ${eventType.name}`,
    },
  ]);
});

test('a secret that parameters name is deleted by whoever gives its name for it, and stands as missing afterwards', async () => {
  const { id } = (await make('KEY')).body;
  await makeParameter(database, rest.pipeline.action, { key: 'own', kind: 'SECRET', value: 'KEY' });
  expect(await call('DELETE', `/secrets/${id}`)).toMatchObject({ status: 409, body: { code: 'in_use' } });
  expect(await call('DELETE', `/secrets/${id}?confirmName=OTHER`)).toMatchObject({ status: 409 });
  expect(await call('DELETE', `/secrets/${id}?confirmName=KEY`)).toMatchObject({ status: 204 });
  expect(await namesOf('')).toEqual([[], ['KEY']]);
  const values = 'SELECT version FROM secret_values WHERE secret_id = ?';
  expect(await web.services.sql.query(values, [idToBytes(String(id))])).toEqual([]);
});
