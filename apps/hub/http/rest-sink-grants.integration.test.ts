import { idToBytes } from '@nexomatic/contracts/id';
import type { SecretSummary } from '@nexomatic/contracts/secret-api';
import { noble } from '@nexomatic/sealing/noble';
import { type SealTo, sealToSinks } from '@nexomatic/sealing/seal-to-sinks';
import { makeSecret, makeUser } from '@nexomatic/testkit/factories';
import { describe, expect, test } from 'vitest';
import { makeKeyedSink } from '#server/secrets/testing/keyed-sink.ts';
import { openRest } from './testing/open-rest.ts';
import { personAt } from './testing/person.ts';

const rest = await openRest();
const { database, call, web } = rest;
const keyed = (name: string) => makeKeyedSink(database, rest.pipeline.sinkType, { name });

async function granted(name: string, sinks: SealTo[]): Promise<SecretSummary> {
  const place = { tenant: rest.pipeline.tenant.id, name, version: 1 };
  const sealed = sealToSinks(noble, sinks, place, new TextEncoder().encode('only for sinks'));
  const { body } = await call('POST', '/secrets', { name, endToEnd: true, sealed });
  return body as unknown as SecretSummary;
}
const grant = (id: string, sink: { id: string; fingerprint: string }) =>
  call('POST', `/secrets/${id}/sinks`, { sinkId: sink.id, fingerprint: sink.fingerprint });
const auditOf = async (id: string) => {
  const { entries } = (await call('GET', `/audit?objectId=${id}`)).body as { entries: { action: string }[] };
  return entries.map(({ action }) => action);
};

describe('granting it to another sink', () => {
  test('needs the fingerprint of the key that the sink has, and has the sink wait for the value', async () => {
    const [one, two] = [await keyed('one'), await keyed('two')];
    const { id } = await granted('KEY', [one]);
    const { fingerprint } = (await call('GET', `/sinks/${two.id}`)).body.sealKey as { fingerprint: string };
    expect(await grant(id, { id: two.id, fingerprint: 'ffff ffff' })).toMatchObject({
      status: 409,
      body: {
        code: 'seal_key_changed',
        detail: expect.stringContaining(
          'The key of the sink two has another fingerprint than the one that was compared',
        ),
        sealSinks: [{ id: two.id, name: 'two', boxKey: two.boxKey, fingerprint }],
      },
    });
    const typed = fingerprint.replaceAll(' ', '').toUpperCase();
    const answer = await grant(id, { id: two.id, fingerprint: typed });
    const sinks = [
      { id: one.id, state: 'ready' },
      { id: two.id, state: 'wanted', fingerprint, sealedAt: null, approvedBy: expect.any(String) },
    ];
    expect(answer).toMatchObject({ status: 200, body: { sinks } });
    expect(await grant(id, { id: two.id, fingerprint })).toMatchObject({ body: { sinks } });
    expect(await auditOf(id)).toEqual(['secret.sink_granted', 'secret.value_set', 'secret.created']);
  });

  test('counts for the key that was approved: whoever has joined anew is approved anew', async () => {
    const [one, two] = [await keyed('one'), await keyed('two')];
    const { id } = await granted('KEY', [one, two]);
    await web.services.sql.run('UPDATE sinks SET box_key = ? WHERE id = ?', [Buffer.alloc(32, 9), idToBytes(two.id)]);
    const { body } = await call('GET', `/secrets/${id}`);
    expect(body.sinks).toMatchObject([{ state: 'ready' }, { state: 'key_changed' }]);
    const { fingerprint } = (await call('GET', `/sinks/${two.id}`)).body.sealKey as { fingerprint: string };
    expect(await grant(id, { id: two.id, fingerprint })).toMatchObject({
      body: { sinks: [{ state: 'ready' }, { state: 'wanted', fingerprint, sealedAt: null }] },
    });
  });

  test('is refused for a sink with a standing token, one that there is not, and a secret of the hub', async () => {
    const one = await keyed('one');
    const { id } = await granted('KEY', [one]);
    const { sink, otherSink } = { sink: rest.pipeline.sink, otherSink: 'snk_01m8ar1hx8e7cbsrzjm5wdgpfd' };
    expect(await grant(id, { id: sink.id, fingerprint: '' })).toMatchObject({
      status: 422,
      body: { detail: expect.stringContaining(`the sink ${sink.name} has no keys of its own`) },
    });
    expect(await grant(id, { id: otherSink, fingerprint: '' })).toMatchObject({ status: 404 });
    const hubs = await makeSecret(database, rest.pipeline.tenant.id);
    expect(await grant(hubs.id, { id: one.id, fingerprint: '' })).toMatchObject({
      status: 422,
      body: { detail: expect.stringContaining(`${hubs.name} is not end-to-end`) },
    });
  });

  test('and taking it away, is for those who may change secrets', async () => {
    const one = await keyed('one');
    const { id, sinks } = await granted('KEY', [one]);
    const { tenant } = rest.pipeline;
    const operator = await personAt(web, await makeUser(database, tenant.id, 'operator'), tenant.slug);
    const named = { id, sinkId: one.id };
    const forbidden = { code: 'forbidden' };
    const { fingerprint } = sinks[0] ?? {};
    expect(await operator.mutate('secrets.grantSink', { ...named, fingerprint })).toMatchObject({ problem: forbidden });
    expect(await operator.mutate('secrets.revokeSink', named)).toMatchObject({ problem: forbidden });
  });
});

describe('taking it from a sink', () => {
  test('removes its box; the last one goes only with the loss confirmed', async () => {
    const [one, two] = [await keyed('one'), await keyed('two')];
    const { id } = await granted('KEY', [one, two]);
    const take = (sink: { id: string }, more = '') => call('DELETE', `/secrets/${id}/sinks/${sink.id}${more}`);
    expect(await take(one)).toMatchObject({ status: 200, body: { state: 'ok', sinks: [{ id: two.id }] } });
    expect(await take(one)).toMatchObject({ status: 404, body: { detail: 'KEY is not granted to the sink one.' } });
    const refusal = {
      status: 409,
      body: {
        code: 'in_use',
        detail: expect.stringContaining('The sink two is the last that has the value of KEY: it would be lost'),
        references: [{ id, name: 'KEY', how: 'would lose its value' }],
      },
    };
    expect(await take(two)).toMatchObject(refusal);
    expect(await take(two, '?confirmLoss=true')).toMatchObject({ status: 200, body: { state: 'lost', sinks: [] } });
    expect((await auditOf(id)).slice(0, 2)).toEqual(['secret.sink_revoked', 'secret.sink_revoked']);
  });

  test('a sink that only waits for it is taken off without a word', async () => {
    const [one, two] = [await keyed('one'), await keyed('two')];
    const { id } = await granted('KEY', [one]);
    const { fingerprint } = (await call('GET', `/sinks/${two.id}`)).body.sealKey as { fingerprint: string };
    await grant(id, { id: two.id, fingerprint });
    expect(await call('DELETE', `/secrets/${id}/sinks/${two.id}`)).toMatchObject({ status: 200 });
  });
});

describe('a sink that is the last to have values', () => {
  test.each([
    { verb: 'revoked', ask: (id: string, confirmLoss?: true) => call('POST', `/sinks/${id}/revoke`, { confirmLoss }) },
    {
      verb: 'removed',
      ask: (id: string, confirmLoss?: true) => call('DELETE', `/sinks/${id}${confirmLoss ? '?confirmLoss=true' : ''}`),
    },
  ])('is $verb only with the loss confirmed, which names the secrets', async ({ ask }) => {
    const [one, two] = [await keyed('one'), await keyed('two')];
    const kept = await granted('BOTH', [one, two]);
    const lost = await granted('LAST', [one]);
    expect(await ask(one.id)).toMatchObject({
      status: 409,
      body: { code: 'in_use', references: [{ id: lost.id, name: 'LAST', how: 'would lose its value' }] },
    });
    expect(await ask(one.id, true)).toMatchObject({ status: 204 });
    expect((await call('GET', `/secrets/${lost.id}`)).body).toMatchObject({ state: 'lost', sinks: [] });
    expect((await call('GET', `/secrets/${kept.id}`)).body).toMatchObject({ state: 'ok', sinks: [{ id: two.id }] });
  });

  test('and a value that is lost is set again for sinks that are granted it anew', async () => {
    const [one, two] = [await keyed('one'), await keyed('two')];
    const { id } = await granted('KEY', [one]);
    await call('POST', `/sinks/${one.id}/revoke`, { confirmLoss: true });
    const { fingerprint } = (await call('GET', `/sinks/${two.id}`)).body.sealKey as { fingerprint: string };
    expect(await grant(id, { id: two.id, fingerprint })).toMatchObject({ body: { state: 'lost' } });
    const { body: key } = await call('GET', '/secrets/key?name=KEY');
    const place = { tenant: rest.pipeline.tenant.id, name: 'KEY', version: 2 };
    const sealed = sealToSinks(noble, key.sinks as SealTo[], place, new TextEncoder().encode('set again'));
    expect(await call('PUT', `/secrets/${id}/value`, { sealed })).toMatchObject({
      status: 200,
      body: { state: 'ok', sinks: [{ id: two.id, state: 'ready' }] },
    });
  });

  test('of two that are revoked at the same time the second is held back', async () => {
    const [one, two] = [await keyed('one'), await keyed('two')];
    await granted('KEY', [one, two]);
    const answers = await Promise.all([one, two].map(({ id }) => call('POST', `/sinks/${id}/revoke`, {})));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
  });
});
