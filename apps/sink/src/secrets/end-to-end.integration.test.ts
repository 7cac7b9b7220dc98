import { randomBytes } from 'node:crypto';
import type { Id } from '@nexomatic/contracts/id';
import { putEndToEnd } from '@nexomatic/hub/server/secrets/testing/put-end-to-end';
import { testDatabase } from '@nexomatic/testkit/database';
import { makeParameter } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
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
