import { makeJoinToken, makeSink, makeSinkType, makeTenant } from '@nexomatic/testkit/factories';
import { describe, expect, test } from 'vitest';
import { auditOf } from './testing/call-rest.ts';
import { machineAt } from './testing/machine.ts';
import { openRest } from './testing/open-rest.ts';
import { bearer } from './testing/open-test-web.ts';

const rest = await openRest();
const { database, web, call } = rest;
const hello = (token: string) =>
  machineAt(web).call(
    'sink.hello',
    { version: '0.1.0', hostname: 'h', platform: 'linux-x64', slots: 2 },
    bearer(token),
  );

/** A join token, made over the API. */
async function joinToken(given: Record<string, unknown> = {}): Promise<string> {
  const { body } = await call('POST', '/join-tokens', { sinkTypeId: rest.pipeline.sinkType.id, ...given });
  return String(body.value);
}
const sinkNamed = async (name: unknown) => {
  const { body } = await call('GET', '/sinks');
  return (body.sinks as { name: string; id: string; credential: string; labels: object }[]).find(
    (sink) => sink.name === name,
  );
};

describe('a join token', () => {
  test('is shown once, with the address that an agent joins by, and recorded without its text', async () => {
    const made = await call('POST', '/join-tokens', { sinkTypeId: rest.pipeline.sinkType.id, labels: { zone: 'eu' } });
    expect(made).toMatchObject({ status: 201, body: { state: 'open', uses: 1, usesLeft: 1, labels: { zone: 'eu' } } });
    const value = String(made.body.value);
    expect(made.body.url).toBe(`http://localhost:4600/join/${value}`);
    const listed = await call('GET', '/join-tokens');
    expect(JSON.stringify(listed.body)).not.toContain(value);
    const audit = await auditOf(web, made.body.id);
    expect(audit).toMatchObject([{ action: 'join_token.created', after: { type: rest.pipeline.sinkType.name } }]);
    expect(JSON.stringify(audit)).not.toContain(value);
  });

  test('for many sinks takes no name, and none can be made for a type of another tenant', async () => {
    const many = { sinkTypeId: rest.pipeline.sinkType.id, uses: 3, name: 'one' };
    expect((await call('POST', '/join-tokens', many)).status).toBe(400);
    const foreign = await makeSinkType(database, (await makeTenant(database)).id);
    expect((await call('POST', '/join-tokens', { sinkTypeId: foreign.id })).status).toBe(404);
  });

  test('says who joined with it', async () => {
    const made = await call('POST', '/join-tokens', { sinkTypeId: rest.pipeline.sinkType.id });
    await machineAt(web).join(String(made.body.value), { name: 'web-07' });
    const { body } = await call('GET', `/join-tokens/${made.body.id}`);
    expect(body).toMatchObject({ state: 'used', usesLeft: 0, joined: [{ name: 'web-07' }] });
  });
});

describe('a machine', () => {
  test('joins, proves itself and is let in as the sink that it became', async () => {
    const machine = machineAt(web);
    const joined = await machine.join(await joinToken({ labels: { zone: 'eu' } }), {
      labels: { rack: '7', zone: 'us' },
    });
    expect(joined.data).toMatchObject({
      name: 'web-01',
      type: { runtime: 'PYTHON' },
      hub: { url: expect.any(String) },
    });
    const { sinkId } = joined.data;
    expect((await hello(await machine.accessToken(sinkId))).data).toMatchObject({ sinkId, name: 'web-01' });
    const sink = await sinkNamed('web-01');
    // What the token says of it stands above what the machine says of itself.
    expect(sink).toMatchObject({ credential: 'keys', labels: { rack: '7', zone: 'eu' } });
    expect(await auditOf(web, sinkId)).toMatchObject([{ action: 'sink.joined', after: { name: 'web-01' } }]);
  });

  test('whose answer was lost joins again with the same used-up token and stays the same sink', async () => {
    const machine = machineAt(web);
    const token = await joinToken();
    const [first, again] = [await machine.join(token), await machine.join(token)];
    expect(again.data.sinkId).toBe(first.data.sinkId);
    const other = await machineAt(web).join(token);
    expect(other).toMatchObject({ status: 401, code: 'unauthenticated' });
  });

  test('that joins anew with another token and the same keys stays the same sink', async () => {
    const machine = machineAt(web);
    const first = await machine.join(await joinToken());
    expect((await machine.join(await joinToken())).data.sinkId).toBe(first.data.sinkId);
  });

  test('of a name that is taken is numbered, but is not given a name that it asks for and somebody has', async () => {
    const token = await joinToken({ uses: 4 });
    expect((await machineAt(web).join(token)).data.name).toBe('web-01');
    expect((await machineAt(web).join(token)).data.name).toBe('web-01-2');
    const refused = await machineAt(web).join(token, { name: 'web-01' });
    expect(refused).toMatchObject({ status: 409, message: expect.stringContaining('--name') });
    // The refused one cost no use.
    expect((await machineAt(web).join(token, { name: 'db' })).status).toBe(200);
    expect((await machineAt(web).join(token)).status).toBe(200);
    expect((await machineAt(web).join(token)).status).toBe(401);
  });

  test('two that come at once with a token for one: a single one gets in', async () => {
    const token = await joinToken();
    const answers = await Promise.all(
      Array.from({ length: 4 }, (_, i) => machineAt(web).join(token, { name: `m${i}` })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401]);
  });

  test('with a name that is no name, or labels that are none, is told which field is wrong', async () => {
    const token = await joinToken();
    expect(await machineAt(web).join(token, { name: 'a b' })).toMatchObject({ status: 400 });
    expect(await machineAt(web).join(token, { labels: { 'a b': 'x' } })).toMatchObject({ status: 400 });
    expect(await machineAt(web).join(token, { hostname: '' })).toMatchObject({ status: 400 });
  });
});

describe('nobody is let in by', () => {
  test('an unknown, used, expired or revoked token, or without the proof of the key: all in the same words', async () => {
    const { sinkType } = rest.pipeline;
    const revoked = await call('POST', '/join-tokens', { sinkTypeId: sinkType.id });
    await call('DELETE', `/join-tokens/${revoked.body.id}`);
    const used = await joinToken();
    await machineAt(web).join(used);
    const expired = await makeJoinToken(database, sinkType, { expiresAt: new Date(web.services.clock.now() - 1) });
    const answers = [
      await machineAt(web).join(`nxj_${'A'.repeat(43)}`),
      await machineAt(web).join('nonsense'),
      await machineAt(web).join(String(revoked.body.value)),
      await machineAt(web).join(used),
      await machineAt(web).join(expired.token),
      await machineAt(web).join(await joinToken(), { proof: 'A'.repeat(86) }),
    ];
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 401));
    expect(new Set(answers.map(({ message }) => message)).size).toBe(1);
  });

  test('a challenge of another sink, one answered before, one signed for another, or an invented one', async () => {
    const machine = machineAt(web);
    const [one, two] = [machine, machineAt(web)];
    const first = (await one.join(await joinToken())).data.sinkId;
    const second = (await two.join(await joinToken())).data.sinkId;
    const { data } = await one.call('enrolment.challenge', { sinkId: first });
    const nonce = String(data.nonce);
    expect((await one.answer(first, nonce)).status).toBe(200);
    expect((await one.answer(first, nonce)).status).toBe(401);
    expect((await two.answer(second, nonce)).status).toBe(401);
    expect((await one.token(first, second)).status).toBe(401);
    expect((await one.answer(first, 'invented')).status).toBe(401);
    expect((await two.token(first)).status).toBe(401);
  });

  test('an access token that was changed in one place', async () => {
    const machine = machineAt(web);
    const { sinkId } = (await machine.join(await joinToken())).data;
    const token = await machine.accessToken(sinkId);
    for (const at of [4, 20, 40, 60, 94]) {
      const other = token[at] === 'A' ? 'B' : 'A';
      expect((await hello(token.slice(0, at) + other + token.slice(at + 1))).status).toBe(401);
    }
    // The last digit has bits that stand for nothing; any other digit is another token all the same.
    const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = digits.indexOf(token.slice(-1));
    expect((await hello(token.slice(0, -1) + digits.charAt(last ^ 1))).status).toBe(401);
    expect((await hello(token)).status).toBe(200);
  });
});

describe('keys', () => {
  test('that were put in the place of others shut out what the old ones proved', async () => {
    const machine = machineAt(web);
    const { sinkId } = (await machine.join(await joinToken())).data;
    const old = await machine.accessToken(sinkId);
    expect((await machine.rotate(sinkId, old)).status).toBe(200);
    expect((await hello(old)).status).toBe(401);
    expect((await hello(await machine.accessToken(sinkId))).status).toBe(200);
    expect(await auditOf(web, sinkId)).toMatchObject([{ action: 'sink.joined' }, { action: 'sink.key_rotated' }]);
  });

  test('that were revoked open nothing, and their sink comes back by a token that names it', async () => {
    const machine = machineAt(web);
    const { sinkId } = (await machine.join(await joinToken(), { name: 'db-1' })).data;
    const token = await machine.accessToken(sinkId);
    expect((await call('POST', `/sinks/${sinkId}/revoke`, {})).status).toBe(204);
    expect((await hello(token)).status).toBe(401);
    expect((await machine.token(sinkId)).status).toBe(401);
    expect(await sinkNamed('db-1')).toMatchObject({ credential: 'revoked', status: 'OFFLINE' });
    // Not for a machine that merely asks for the name.
    expect((await machineAt(web).join(await joinToken(), { name: 'db-1' })).status).toBe(409);
    const back = machineAt(web);
    const again = await back.join(await joinToken({ name: 'db-1' }));
    expect(again.data.sinkId).toBe(sinkId);
    expect((await hello(await back.accessToken(sinkId))).status).toBe(200);
  });

  test('and standing tokens end when the sink leaves by itself', async () => {
    const { sink, token } = await makeSink(database, rest.pipeline.sinkType);
    expect((await machineAt(web).call('sink.leave', undefined, bearer(token))).status).toBe(200);
    expect((await hello(token)).status).toBe(401);
    expect(await auditOf(web, sink.id)).toMatchObject([{ action: 'sink.left', actorKind: 'system' }]);
  });
});
