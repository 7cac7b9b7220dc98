import { randomBytes } from 'node:crypto';
import { createHubClient } from '@nexomatic/client/hub-client';
import { rotationProofText } from '@nexomatic/contracts/enrolment-api';
import type { Id } from '@nexomatic/contracts/id';
import { putEndToEnd } from '@nexomatic/hub/server/secrets/testing/put-end-to-end';
import { testDatabase } from '@nexomatic/testkit/database';
import { makeParameter } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createIdentityCredential } from '../identity/identity-credential.ts';
import { readIdentity, writeIdentity } from '../identity/identity-file.ts';
import { resealOwnBoxes } from '../identity/reseal-own-boxes.ts';
import { makeSinkKeys, signText } from '../identity/sink-keys.ts';
import { joinSite } from '../testing/join-site.ts';
import { openPipeline, openSite, type Site } from '../testing/open-site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite({ database: await testDatabase(), redisUrl: await testRedis() });
  await site.module('reader', 'def run(ctx):\n    print(ctx.secret("token"))\n    return len(ctx.secret("token"))\n');
});
afterEach(() => site.killSinks());
afterAll(() => site.close());

type Machine = Awaited<ReturnType<typeof joinSite>>;

/** A pipeline whose module reads a secret that only these machines have. */
async function openSecret(value: string, ...names: string[]) {
  const pipeline = await openPipeline(site, 'reader');
  const machines: Machine[] = [];
  for (const name of names) machines.push(await joinSite(site, pipeline, name));
  await makeParameter(site.database, pipeline.eventType, { key: 'token', kind: 'SECRET', value: 'TOKEN' });
  const set = (text: string, sinks: Machine[] = []) =>
    putEndToEnd(site.services(), pipeline.tenant.id, { name: 'TOKEN', value: text, sinks });
  const [first, ...others] = machines;
  if (!first) throw new Error('a secret needs a machine');
  const id = await set(value, [first]);
  return { pipeline, first, others, id, set };
}
const canary = () => `canary-${randomBytes(12).toString('hex')}`;

/** Whether an event of it ends well on whatever sink takes it. */
async function reads({ pipeline }: Awaited<ReturnType<typeof openSecret>>): Promise<Id<'event'>> {
  const event = await pipeline.fire({});
  await pipeline.reached(event, 'SUCCESS', 60_000);
  return event;
}

it.each(['gateway', 'direct'])(
  'a module reads it on the sink that is granted it, over %s, and its log tells nothing',
  async (transport) => {
    const value = canary();
    const secret = await openSecret(value, `reads-${transport}`);
    const { pipeline, first, id } = secret;
    const sink = await first.start({ NEXOMATIC_TRANSPORT: transport });
    const event = await reads(secret);
    expect((await pipeline.get(event)).result?.text).toBe(String(value.length));
    const log = await pipeline.api.events.logs.query({ id: event });
    expect(JSON.stringify(log)).toContain('***');
    expect(JSON.stringify(log) + JSON.stringify(sink.lines) + sink.faults()).not.toContain(value);
    const { entries } = await pipeline.api.audit.list.query({ objectId: id, action: 'secret.released' });
    expect(entries.map(({ actor }) => actor.name)).toEqual([`sink ${first.name}`]);
  },
);

it('a sink tries it when it is asked to, and tells no more of it than its length', async () => {
  const { pipeline, first, id, set } = await openSecret('tried on a sink', 'tries');
  const check = () => pipeline.api.secrets.check.mutate({ id, sinkId: first.id });
  await expect(check()).rejects.toThrow(`The sink ${first.name} is away, so it can not try anything.`);
  await expect(pipeline.api.secrets.check.mutate({ id, sinkId: pipeline.sink.id })).rejects.toThrow(
    `The sink ${pipeline.sink.name} does not have the value of TOKEN, which is end-to-end.`,
  );
  await first.start();
  const present = async () => (await pipeline.api.sinks.get.query({ id: first.id })).presence;
  await waitFor(present, { what: 'its first word', timeoutMs: 30_000 });
  const opened = { outcome: 'opened', fingerprint: null, message: null };
  expect(await check()).toEqual({ ...opened, size: 15 });
  await set('longer than before');
  expect(await check()).toEqual({ ...opened, size: 18 });
});

/** Lets another machine have it, by the fingerprint that the machine itself shows. */
async function grant({ pipeline, id }: Awaited<ReturnType<typeof openSecret>>, machine: Machine) {
  const shown = await machine.cli('status', '--json');
  const { fingerprint } = JSON.parse(shown.stdout) as { fingerprint: string };
  expect(fingerprint).toBe(machine.fingerprint);
  return pipeline.api.secrets.grantSink.mutate({ id, sinkId: machine.id, fingerprint });
}
const stateOn = async ({ pipeline, id }: Awaited<ReturnType<typeof openSecret>>, machine: Machine) =>
  (await pipeline.api.secrets.get.query({ id })).sinks.find((sink) => sink.id === machine.id)?.state;

it('a sink that has the value shares it with one that was approved, which reads it from then on', async () => {
  const value = canary();
  const secret = await openSecret(value, 'sharer', 'newcomer');
  const { pipeline, first, id } = secret;
  const newcomer = secret.others[0] ?? first;
  const sharer = await first.start();
  await grant(secret, newcomer);
  await sharer.line('secret.shared', { sink: 'newcomer', fingerprint: newcomer.fingerprint, outcome: 'stored' });
  expect(await stateOn(secret, newcomer)).toBe('ready');
  await site.killSinks();
  const reader = await newcomer.start();
  expect((await pipeline.get(await reads(secret))).result?.text).toBe(String(value.length));
  expect(JSON.stringify([sharer.lines, reader.lines])).not.toContain(value);
  const { entries } = await pipeline.api.audit.list.query({ objectId: id, action: 'secret.shared' });
  expect(entries.map(({ actor }) => actor.name)).toEqual(['sink sharer']);
});

it('a sink that is told to share nothing leaves others waiting, until a new value is set', async () => {
  const secret = await openSecret('the first', 'unwilling', 'waiting');
  const waiting = secret.others[0] ?? secret.first;
  const sink = await secret.first.start({ NEXOMATIC_SHARE_SECRETS: '0' });
  await grant(secret, waiting);
  await sink.line('secrets.sharing_refused');
  expect(await stateOn(secret, waiting)).toBe('wanted');
  await secret.set('the second');
  expect(await stateOn(secret, waiting)).toBe('ready');
});

it('while its keys are rotated a sink goes on reading it, wherever that ends', async () => {
  const secret = await openSecret(canary(), 'rotating');
  const { pipeline, first } = secret;
  await first.start();
  await reads(secret);
  const identity = readIdentity(first.dir);
  if (!identity) throw new Error('the machine has joined');
  const asked = { ...identity, nextKeys: makeSinkKeys() };
  const hub = createHubClient({ url: site.hubUrl, token: createIdentityCredential(first.dir, identity) });

  // It ends once everything is sealed to the next key, …
  writeIdentity(first.dir, asked);
  await resealOwnBoxes(hub, asked);
  await reads(secret);
  // … and once the hub has the next key, which the machine has not heard.
  const [signKey, boxKey] = [asked.nextKeys.sign.public, asked.nextKeys.box.public];
  const proof = signText(asked.nextKeys, rotationProofText(first.id, signKey, boxKey));
  await hub.sink.rotateKey.mutate({ signKey, boxKey, proof });
  expect(await stateOn(secret, first)).toBe('ready');
  await reads(secret);
  expect(await first.cli('rotate-key')).toMatchObject({ code: 0 });
  await reads(secret);
  // Events come and go while they are rotated once more.
  const rotation = first.cli('rotate-key');
  let rotated = false;
  void rotation.finally(() => {
    rotated = true;
  });
  while (!rotated) await reads(secret);
  expect(await rotation).toMatchObject({ code: 0 });
  await secret.set('sealed to the newest');
  expect((await pipeline.get(await reads(secret))).result?.text).toBe('20');
});

it('keys are not exchanged while anything is sealed to the old ones alone', async () => {
  const { first } = await openSecret('not to be lost', 'hasty');
  const identity = readIdentity(first.dir);
  if (!identity) throw new Error('the machine has joined');
  const keys = makeSinkKeys();
  const [signKey, boxKey] = [keys.sign.public, keys.box.public];
  const proof = signText(keys, rotationProofText(first.id, signKey, boxKey));
  const hub = createHubClient({ url: site.hubUrl, token: createIdentityCredential(first.dir, identity) });
  await expect(hub.sink.rotateKey.mutate({ signKey, boxKey, proof })).rejects.toThrow(
    'End-to-end secrets are sealed to the old key alone (1)',
  );
});

it('the last sink that has it leaves only once that was confirmed', async () => {
  const secret = await openSecret('lost with it', 'leaver');
  const { pipeline, first, id } = secret;
  const refused = await first.cli('leave', '--force');
  expect(refused).toMatchObject({
    code: 6,
    stderr: expect.stringContaining('is the last that has the value of TOKEN'),
  });
  expect(await stateOn(secret, first)).toBe('ready');
  expect(await first.cli('leave', '--confirm-loss')).toMatchObject({ code: 0 });
  expect(await pipeline.api.secrets.get.query({ id })).toMatchObject({ state: 'lost', sinks: [] });
});
