import type { SealedToSinks } from '@nexomatic/contracts/end-to-end-api';
import { idToBytes, newId } from '@nexomatic/contracts/id';
import type { SecretSummary } from '@nexomatic/contracts/secret-api';
import { keyFingerprint } from '@nexomatic/sealing/key-fingerprint';
import { noble } from '@nexomatic/sealing/noble';
import { type SealTo, sealToSinks } from '@nexomatic/sealing/seal-to-sinks';
import { openSecret } from '@nexomatic/sealing/secret-box';
import { makeSink } from '@nexomatic/testkit/factories';
import { describe, expect, test } from 'vitest';
import { makeKeyedSink } from '#server/secrets/testing/keyed-sink.ts';
import { sealFor } from '#server/secrets/testing/seal-for.ts';
import { openRest } from './testing/open-rest.ts';

const rest = await openRest();
const { database, call } = rest;
const name = 'DEPLOY_KEY';
const bytes = (text: string) => new TextEncoder().encode(text);
const value = 'only for sinks';

const keyed = (given = {}) => makeKeyedSink(database, rest.pipeline.sinkType, given);
const sealed = (sinks: SealTo[], { version = 1, text = value } = {}): SealedToSinks =>
  sealToSinks(noble, sinks, { tenant: rest.pipeline.tenant.id, name, version }, bytes(text));

/** A secret that only that sink can read. */
async function granted(sinks: SealTo[], given = {}): Promise<SecretSummary> {
  const { status, body } = await call('POST', '/secrets', { name, endToEnd: true, sealed: sealed(sinks), ...given });
  expect({ status, body }).toMatchObject({ status: 201, body: { name } });
  return body as unknown as SecretSummary;
}
const boxes = async (id: string) =>
  rest.web.services.sql.query<{ box: Buffer | null; version: number | null }>(
    'SELECT box, version FROM secret_boxes WHERE secret_id = ?',
    [idToBytes(id)],
  );

test('a secret is made end-to-end with a box for each sink that is granted it, and for nobody else', async () => {
  const [one, two] = [await keyed({ name: 'one' }), await keyed({ name: 'two' })];
  const secret = await granted([one, two]);
  const { approvedBy } = secret.sinks[0] ?? {};
  expect(secret).toMatchObject({
    ...{ endToEnd: true, state: 'ok', valueVersion: 1, size: value.length, short: false, rollBack: null },
    sinks: [one, two].map(({ id, name: sink, boxKey, pair }) => ({
      ...{ id, name: sink, boxKey, state: 'ready', approvedBy },
      fingerprint: keyFingerprint(pair.publicKey),
    })),
  });
  expect(approvedBy).toBe(secret.valueSetBy);
  const [kept, other] = await boxes(secret.id);
  const opened = openSecret(noble, one.pair, kept?.box ?? Buffer.of());
  expect(opened).toEqual({ tenant: rest.pipeline.tenant.id, name, version: 1, value: bytes(value) });
  expect(openSecret(noble, one.pair, other?.box ?? Buffer.of())).toBeNull();
  const history = await call('GET', `/secrets/${secret.id}/versions`);
  expect(history.body).toMatchObject({
    versions: [{ version: 1, size: value.length, current: true, keptUntil: null }],
  });
  const { entries } = (await call('GET', '/audit')).body as { entries: { action: string }[] };
  expect(entries.map(({ action }) => action)).toEqual(['secret.value_set', 'secret.created']);
});

test('whoever sets a value learns the sinks to seal it to, and the old boxes are gone with the old value', async () => {
  const [one, two] = [await keyed({ name: 'one' }), await keyed({ name: 'two' })];
  const { id } = await granted([one, two]);
  const { body: key } = await call('GET', `/secrets/key?name=${name}`);
  expect(key).toMatchObject({
    secret: { id, nextVersion: 2, endToEnd: true },
    sinks: [one, two].map(({ id: sink, boxKey }) => ({ id: sink, boxKey })),
  });
  const given = sealed(key.sinks as SealTo[], { version: 2, text: 'next' });
  const saved = await call('PUT', `/secrets/${id}/value`, { sealed: given });
  expect(saved).toMatchObject({
    status: 200,
    body: { valueVersion: 2, size: 4, short: true, rollBack: null, warnings: [{ code: 'secret_short' }] },
  });
  expect((await boxes(id)).map(({ box, version }) => ({ box: box?.toString('base64'), version }))).toEqual(
    given.boxes.map(({ box }) => ({ box, version: 2 })),
  );
  expect(await call('POST', `/secrets/${id}/roll-back`, { version: saved.body.version })).toMatchObject({
    status: 422,
    body: { detail: `${name} has no earlier value any more; set the value again.` },
  });
});

test('what is said of it is changed without its value, and whether it is end-to-end never', async () => {
  const one = await keyed();
  const { id, version } = await granted([one]);
  const body = { version, description: 'deploys' };
  expect(await call('PUT', `/secrets/${id}`, body)).toMatchObject({
    status: 200,
    body: { description: 'deploys', valueVersion: 1, endToEnd: true, sinks: [{ state: 'ready' }] },
  });
  expect(await call('PUT', `/secrets/${id}`, { ...body, endToEnd: false })).toMatchObject({ status: 400 });
});

test('a value for the hub is refused, and so is one for sinks where the secret is the hub’s', async () => {
  const one = await keyed();
  const { id } = await granted([one]);
  const { tenant } = rest.pipeline;
  const forHub = await sealFor(rest.web.services, tenant.id, name, value, 2);
  expect(await call('PUT', `/secrets/${id}/value`, { value: forHub })).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'value', message: expect.stringContaining(`${name} is end-to-end`) }] },
  });
  expect(await call('PUT', `/secrets/${id}/value`, {})).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'sealed', message: 'no value was given' }] },
  });
  const other = { name: 'OTHER', sealed: sealed([one]) };
  expect(await call('POST', '/secrets', other)).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'sealed', message: expect.stringContaining('OTHER is not end-to-end') }] },
  });
  expect(await call('POST', '/secrets', { name: 'OTHER', endToEnd: true })).toMatchObject({
    status: 422,
    body: {
      errors: [{ path: 'sealed', message: 'one that is end-to-end is made with its value, for at least one sink' }],
    },
  });
});

describe('boxes that are not for exactly the sinks that are granted it are refused', () => {
  test('by a key that a sink had before, with the one that it has now', async () => {
    const one = await keyed();
    const { id } = await granted([one]);
    const key = Buffer.alloc(32, 7);
    const change =
      'UPDATE secret_boxes b JOIN sinks s ON s.id = b.sink_id SET s.box_key = ?, b.box_key = ? WHERE s.id = ?';
    await rest.web.services.sql.run(change, [key, key, idToBytes(one.id)]);
    expect(await call('PUT', `/secrets/${id}/value`, { sealed: sealed([one], { version: 2 }) })).toMatchObject({
      status: 409,
      body: {
        code: 'seal_key_changed',
        sealSinks: [
          { id: one.id, name: one.name, boxKey: key.toString('base64url'), fingerprint: keyFingerprint(key) },
        ],
      },
    });
  });

  test('one is missing, or one too many', async () => {
    const [one, two] = [await keyed(), await keyed()];
    const { id } = await granted([one]);
    for (const sinks of [[two], [one, two]]) {
      expect(await call('PUT', `/secrets/${id}/value`, { sealed: sealed(sinks, { version: 2 }) })).toMatchObject({
        status: 409,
        body: { code: 'seal_key_changed', sealSinks: [{ id: one.id }] },
      });
    }
    expect((await boxes(id)).map(({ version }) => version)).toEqual([1]);
  });

  test('for a version that is not the next', async () => {
    const one = await keyed();
    const { id } = await granted([one]);
    expect(await call('PUT', `/secrets/${id}/value`, { sealed: sealed([one], { version: 1 }) })).toMatchObject({
      status: 409,
      body: { code: 'conflict', currentVersion: 1 },
    });
  });

  test.each([
    {
      what: 'a sink with a standing token',
      boxesFor: async () => {
        const { sink } = await makeSink(database, rest.pipeline.sinkType, { boxKey: Buffer.alloc(32, 1) });
        return sealed([{ id: sink.id, boxKey: Buffer.alloc(32, 1).toString('base64url') }]);
      },
      message: 'has no keys of its own, which last',
    },
    {
      what: 'a sink that there is not',
      boxesFor: async () => sealed([{ id: newId('sink'), boxKey: (await keyed()).boxKey }]),
      message: 'there is no sink',
    },
    {
      what: 'the same sink twice',
      boxesFor: async () => {
        const one = await keyed();
        return sealed([one, one]);
      },
      message: 'is the second box of this sink',
    },
    {
      what: 'a value of nothing',
      boxesFor: async () => sealed([await keyed()], { text: '' }),
      message: `is too short for a value of ${name}`,
    },
    {
      what: 'two values',
      boxesFor: async () => {
        const [one, two] = [sealed([await keyed()]), sealed([await keyed()], { text: 'another one' })];
        return { ...one, boxes: [...one.boxes, ...two.boxes] };
      },
      message: 'they are one value',
    },
  ])('$what', async ({ boxesFor, message }) => {
    const answer = await call('POST', '/secrets', { name, endToEnd: true, sealed: await boxesFor() });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ message: expect.stringContaining(message) }] } });
    expect((await call('GET', '/secrets')).body).toMatchObject({ secrets: [] });
  });
});

test('whoever saves an event type is warned of sinks that do not have what it names', async () => {
  const one = await keyed();
  await granted([one]);
  const { sink, sinkType, action, eventType } = rest.pipeline;
  const body = { name: 'NEW', sinkTypeId: sinkType.id, actionId: action.id };
  const parameters = [{ key: 'token', kind: 'SECRET', value: name }];
  expect(eventType.sinkTypeId).toBe(sinkType.id);
  expect((await call('POST', '/event-types', { ...body, parameters })).body.warnings).toContainEqual({
    code: 'secret_not_granted',
    message: `the secret ${name} is end-to-end and not there on ${sink.name}: events end as errors on these`,
    path: 'parameters[0].value',
  });
});

test('sinks tell the key that is sealed to, and those with standing tokens none', async () => {
  const one = await keyed();
  expect((await call('GET', `/sinks/${one.id}`)).body).toMatchObject({
    sealKey: { boxKey: one.boxKey, fingerprint: keyFingerprint(one.pair.publicKey) },
  });
  expect((await call('GET', `/sinks/${rest.pipeline.sink.id}`)).body).toMatchObject({ sealKey: null });
});

test('a value that no sink has any more is lost, and found by that', async () => {
  const one = await keyed();
  const { id } = await granted([one]);
  expect((await call('GET', '/secrets?state=lost')).body).toMatchObject({ secrets: [] });
  await rest.web.services.sql.run('DELETE FROM secret_boxes WHERE secret_id = ?', [idToBytes(id)]);
  expect((await call('GET', '/secrets?state=lost')).body).toMatchObject({
    secrets: [{ id, state: 'lost', sinks: [] }],
  });
  expect((await call('GET', '/secrets?state=ok')).body).toMatchObject({ secrets: [] });
});
