import { createHash, randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { systemClock } from '@nexomatic/clock';
import type { SinkTransport } from '@nexomatic/contracts/sink-protocol';
import { systemActor } from '@nexomatic/hub/server/auth/actor';
import { revokeSink } from '@nexomatic/hub/server/sinks/revoke-sink';
import { makeSink } from '@nexomatic/testkit/factories';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAlive } from '../testing/is-alive.ts';
import { tracesOf } from '../testing/traces-of.ts';
import { openWorld, type World } from './open-world.ts';

/** A sink that is turned away may ask often for 10 s; after that it is watched for as long. */
const settledMs = 10_000;
const watchedMs = 10_000;

/** Starts the sink of a module that reads a secret, fires an event, and loses the answer that holds it. */
async function loseSecretsOf(pipeline: Awaited<ReturnType<World['open']>>) {
  pipeline.start();
  const paths = { got: pipeline.file('got'), until: pipeline.file('until') };
  await writeFile(paths.until, '');
  const lost = pipeline.hubLink.loseAnswerTo('sink.releaseSecrets');
  const id = await pipeline.fire(paths);
  await lost;
  return id;
}

/** What holds for every sink, whatever brings it its work. */
export function conformance(transport: SinkTransport): void {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(transport);
  });
  afterAll(() => world.close());

  // Each has links, sinks and a tenant of its own, so that the long waits of one are the time of the others.
  describe.concurrent(`a ${transport} sink`, () => {
    it('runs everything that is fired for its type or for itself alone, once each, and says how busy it is', async () => {
      const pipeline = await world.open('quick');
      const sink = pipeline.start();
      await sink.line('agent.ready');
      const ids = await Promise.all(
        Array.from({ length: 24 }, (_, index) => (index % 2 ? pipeline.fire({ index }) : pipeline.pin({ index }))),
      );
      const events = await Promise.all(ids.map((id) => pipeline.reached(id, 'SUCCESS')));
      expect(events.map(({ attempt, result }) => [attempt, result?.text])).toEqual(ids.map(() => [1, '{"attempt":1}']));
      const [first] = ids;
      const log = first && (await pipeline.api.events.logs.query({ id: first }));
      expect(log?.entries.map(({ text }) => text.trimEnd())).toEqual(['ran']);
      const shown = await pipeline.api.sinks.get.query({ id: pipeline.sink.id });
      expect(shown).toMatchObject({ status: 'ONLINE', transport, presence: { spool: { bytes: 0, full: false } } });
    });

    it('notices that its connections are dead, long before TCP would, and goes on by new ones', async () => {
      const pipeline = await world.open('quick');
      const sink = pipeline.start();
      await sink.line('agent.ready');
      await pipeline.reached(await pipeline.fire({}), 'SUCCESS');
      for (const link of [pipeline.hubLink, pipeline.redisLink]) link.set('halfOpen');
      await pipeline.reached(await pipeline.fire({}), 'SUCCESS', 60_000);
    });

    it('that is frozen for longer than its lease has its module ended before another sink begins, and its late result is refused', async () => {
      const pipeline = await world.open('tracing', { rerunWhenLost: true });
      const frozen = pipeline.start();
      const id = await pipeline.fire({ trace: pipeline.file('trace') });
      await waitFor(async () => (await pipeline.trace()).length > 20, { what: 'the module to run' });
      frozen.child.kill('SIGSTOP');
      const { token } = await makeSink(world.site.database, pipeline.sinkType);
      pipeline.start({ NEXOMATIC_STATE_DIR: pipeline.file('other-state') }, token);
      const event = await pipeline.reached(id, 'SUCCESS', 60_000);
      expect(event.attempts.map(({ number, state }) => [number, state]).toSorted()).toEqual([
        [1, 'LOST'],
        [2, 'SUCCESS'],
      ]);
      const trace = await pipeline.trace();
      const lastOfFirst = trace.findLast(({ attempt }) => attempt === 1)?.at ?? 0;
      const firstOfSecond = trace.find(({ attempt }) => attempt === 2)?.at ?? 0;
      expect(lastOfFirst).toBeLessThan(firstOfSecond + 1);
      frozen.child.kill('SIGCONT');
      expect((await frozen.line('attempt.finished', { eventId: id })).told).toMatch(/^(stale|nothing)$/);
      expect((await pipeline.get(id)).result?.text).toBe('2');
    });

    it('gives a module the secrets that it names, and leaves no trace of them on its machine but in that process', async () => {
      const pipeline = await world.open('secretive');
      const value = `${randomUUID()} ключ`;
      await pipeline.secret('token', value);
      const sink = pipeline.start();
      const paths = { got: pipeline.file('got'), until: pipeline.file('until') };
      const id = await pipeline.fire(paths);
      const digest = createHash('sha256').update(value).digest('hex');
      const got = async () => (await readFile(paths.got, 'utf8').catch(() => '')) === digest;
      await waitFor(got, { what: 'the module to have its secret', timeoutMs: 30_000 });
      expect(await tracesOf(value, pipeline.file('state'))).toEqual([]);
      await writeFile(paths.until, '');
      const event = await pipeline.reached(id, 'SUCCESS', 30_000);
      expect(event.attempts[0]?.parameters).toMatchObject([
        { key: 'token', kind: 'SECRET', json: null, secret: { name: 'TOKEN', version: 1 } },
      ]);
      expect(await tracesOf(value, pipeline.file('state'))).toEqual([]);
      const log = await pipeline.api.events.logs.query({ id });
      expect(log.entries.map(({ text }) => text.trimEnd())).toEqual(['said ***']);
      const said = `${JSON.stringify(sink.lines)} ${sink.faults()} ${JSON.stringify(event)}`;
      expect(said).not.toContain(value.slice(0, 36));
    });

    it('that misses the answer with an attempt’s secrets gives it back, and the next attempt has them', async () => {
      const pipeline = await world.open('secretive');
      await pipeline.secret('token', 'not heard at first');
      const id = await loseSecretsOf(pipeline);
      const event = await pipeline.reached(id, 'SUCCESS', 40_000);
      expect(event.attempts.map(({ state, message }) => [state, message])).toEqual([
        ['HANDED_BACK', `${pipeline.sink.name} did not get its secrets, so nothing was run`],
        ['SUCCESS', null],
      ]);
    });

    it('that is revoked while it runs something ends the module and itself at once, and is believed no more', async () => {
      const pipeline = await world.open('tracing');
      const sink = pipeline.start();
      const id = await pipeline.fire({ trace: pipeline.file('trace') });
      await waitFor(async () => (await pipeline.trace()).length > 0, { what: 'the module to run' });
      const pid = (await pipeline.trace())[0]?.pid ?? 0;
      await revokeSink(world.site.services(), pipeline.tenant.id, systemActor, pipeline.sink.id);
      await waitFor(() => !isAlive(pid), { what: 'the module to be ended' });
      expect(await sink.ended()).toBe(4);
      expect(await pipeline.get(id)).toMatchObject({ state: 'RUNNING', attempt: 1 });
    });

    it('that is turned away does not ask again and again', async () => {
      const pipeline = await world.open('quick');
      const sink = pipeline.start();
      await sink.line('agent.ready');
      const links = [pipeline.hubLink, pipeline.redisLink];
      for (const link of links) link.set('refuse');
      const tries = (): number => links.reduce((sum, link) => sum + link.connections(), 0);
      const past = (ms: number, from: number) =>
        waitFor(() => systemClock.monotonic() - from >= ms, { what: `${ms} ms to pass`, timeoutMs: ms + 30_000 });
      // The first tries follow one another quickly.
      await past(settledMs, systemClock.monotonic());
      const [before, from] = [tries(), systemClock.monotonic()];
      await past(watchedMs, from);
      const seconds = (systemClock.monotonic() - from) / 1_000;
      // How often it does on average is a measure of the benchmarks; this is what a loop without a wait would exceed.
      expect((tries() - before) / seconds).toBeLessThan(2);
    });
  });

  describe(`a ${transport} sink whose hub`, () => {
    it('restarts while it runs something goes on, and tells the result to the next hub', async () => {
      const pipeline = await world.open('held');
      pipeline.start();
      const id = await pipeline.fire({ until: pipeline.file('go') });
      await pipeline.reached(id, 'RUNNING');
      await world.site.stopHub();
      await world.site.startHub();
      await writeFile(pipeline.file('go'), '');
      expect(await pipeline.reached(id, 'SUCCESS')).toMatchObject({ attempt: 1, result: { text: '1' } });
      const next = await pipeline.fire({ until: pipeline.file('go') });
      await pipeline.reached(next, 'SUCCESS');
    });

    it('restarts while the answer with secrets gets lost hands the attempt back to the next hub, where it counts as no failure', async () => {
      const pipeline = await world.open('secretive');
      await pipeline.secret('token', 'lost with its hub');
      const id = await loseSecretsOf(pipeline);
      pipeline.hubLink.set('refuse');
      await world.site.stopHub();
      await world.site.startHub();
      pipeline.hubLink.set('pass');
      const event = await pipeline.reached(id, 'SUCCESS', 60_000);
      expect(event.attempts.map(({ state }) => state)).toEqual(['HANDED_BACK', 'SUCCESS']);
    });

    it('is away when it has a result keeps it on its disk, where it outlives the agent', async () => {
      const pipeline = await world.open('held');
      const sink = pipeline.start();
      const id = await pipeline.fire({ until: pipeline.file('go') });
      await pipeline.reached(id, 'RUNNING');
      await world.site.stopHub();
      await writeFile(pipeline.file('go'), '');
      expect(await sink.line('attempt.finished', { eventId: id })).toMatchObject({ told: 'spooled' });
      sink.child.kill('SIGKILL');
      await sink.ended();
      await world.site.startHub();
      pipeline.start();
      expect(await pipeline.reached(id, 'SUCCESS')).toMatchObject({ attempt: 1, result: { text: '1' } });
      const log = await pipeline.api.events.logs.query({ id });
      expect(log.entries.map(({ text }) => text.trimEnd())).toEqual(['finished']);
    });
  });

  describe(`a ${transport} sink`, () => {
    it('takes work again after Redis was killed and came back empty', async () => {
      const pipeline = await world.open('quick');
      const sink = pipeline.start();
      await sink.line('agent.ready');
      await pipeline.reached(await pipeline.fire({}), 'SUCCESS');
      await world.restartRedis();
      const waiting = await pipeline.fire({});
      await pipeline.reached(waiting, 'SUCCESS', 60_000);
    });
  });
}
