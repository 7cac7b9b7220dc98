import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Id } from '@nexomatic/contracts/id';
import type { SignalSummary, SinkCommand } from '@nexomatic/contracts/signal-api';
import type { SinkTransport } from '@nexomatic/contracts/sink-protocol';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askAgent } from '../control/local-client.ts';
import { isAlive } from '../testing/is-alive.ts';
import { openWorld, type World } from './open-world.ts';

/** On a machine that is busy with other tests. */
const timeoutMs = 40_000;

/** What every sink does when it is told to, whatever brings it its work. */
export function controlConformance(transport: SinkTransport): void {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(transport);
  });
  afterAll(() => world.close());

  async function open(module: Parameters<World['open']>[0]) {
    const pipeline = await world.open(module);
    const { id } = pipeline.sink;
    const shown = () => pipeline.api.sinks.get.query({ id });
    const signals = async () => (await pipeline.api.sinks.signals.query({ id })).signals;
    return {
      ...pipeline,
      shown,
      signals,
      send: (kind: SinkCommand) => pipeline.api.sinks.signal.mutate({ id, kind }),
      /** The signal once it is so far. */
      signal: (wanted: Id<'signal'>, state: SignalSummary['state']) =>
        waitFor(async () => (await signals()).find((one) => one.id === wanted && one.state === state), {
          what: `the signal to be ${state}`,
          timeoutMs,
        }),
      status: (status: Awaited<ReturnType<typeof shown>>['status']) =>
        waitFor(async () => (await shown()).status === status, { what: `the sink to be ${status}`, timeoutMs }),
      /** An event that runs until `file` is there. */
      async hold(file: string) {
        const event = await pipeline.fire({ until: pipeline.file(file) });
        await pipeline.reached(event, 'RUNNING', timeoutMs);
        return event;
      },
      letGo: (file: string) => writeFile(pipeline.file(file), ''),
    };
  }

  describe(`a ${transport} sink that is told to`, () => {
    it('pause takes no more, also when it is started again, until it is resumed; what runs goes on', async () => {
      const sink = await open('held');
      const first = sink.start();
      const running = await sink.hold('go');
      const pause = await sink.send('pause');
      await sink.signal(pause.id, 'done');
      await sink.status('PAUSED');
      await sink.letGo('go');
      await sink.reached(running, 'SUCCESS', timeoutMs);
      const waiting = await sink.fire({ until: sink.file('go') });
      first.child.kill('SIGTERM');
      expect(await first.ended()).toBe(0);
      const second = sink.start();
      expect(await second.line('agent.ready')).toMatchObject({ paused: true });
      expect(await sink.get(waiting)).toMatchObject({ state: 'QUEUED' });
      await sink.signal((await sink.send('resume')).id, 'done');
      expect(await sink.reached(waiting, 'SUCCESS', timeoutMs)).toMatchObject({ attempt: 1 });
      await sink.status('ONLINE');
    });

    it('drain finishes what it runs, and ends well', async () => {
      const sink = await open('held');
      const agent = sink.start();
      const running = await sink.hold('go');
      const { id } = await sink.send('drain');
      await sink.signal(id, 'received');
      await sink.status('DRAINING');
      const late = await sink.fire({ until: sink.file('go') });
      await sink.letGo('go');
      expect(await agent.ended()).toBe(0);
      await sink.reached(running, 'SUCCESS');
      expect(await sink.get(late)).toMatchObject({ state: 'QUEUED' });
      expect(await sink.signal(id, 'done')).toMatchObject({ outcome: 'done', detail: 'nothing runs any more' });
      await sink.status('OFFLINE');
    });

    it('drain, and to resume before it has, goes on', async () => {
      const sink = await open('held');
      sink.start();
      await sink.hold('go');
      const drain = await sink.send('drain');
      await sink.signal(drain.id, 'received');
      await sink.signal((await sink.send('resume')).id, 'done');
      await sink.letGo('go');
      await sink.reached(await sink.fire({ until: sink.file('go') }), 'SUCCESS', timeoutMs);
      expect(await sink.signal(drain.id, 'done')).toMatchObject({ outcome: 'replaced' });
      await sink.status('ONLINE');
    });

    it('reset finishes what it runs, and connects anew in the same process', async () => {
      const sink = await open('held');
      const agent = sink.start();
      const running = await sink.hold('go');
      const { id } = await sink.send('reset');
      await sink.status('RESETTING');
      await sink.letGo('go');
      await sink.reached(running, 'SUCCESS', timeoutMs);
      await sink.signal(id, 'done');
      await sink.status('ONLINE');
      const begun = () => agent.lines.filter(({ event }) => event === 'agent.ready').length;
      await waitFor(() => begun() === 2, { what: 'it to begin anew in its process', timeoutMs });
      await sink.reached(await sink.fire({ until: sink.file('go') }), 'SUCCESS', timeoutMs);
      agent.child.kill('SIGTERM');
      expect(await agent.ended()).toBe(0);
    });

    it('reload on its machine, by SIGHUP, finishes what it runs and begins anew; SIGQUIT ends it at once', async () => {
      const sink = await open('held');
      const agent = sink.start();
      const running = await sink.hold('reload');
      agent.child.kill('SIGHUP');
      await agent.line('agent.leaving', { how: 'reset' });
      await sink.letGo('reload');
      await sink.reached(running, 'SUCCESS', timeoutMs);
      const begun = () => agent.lines.filter(({ event }) => event === 'agent.ready').length;
      await waitFor(() => begun() === 2, { what: 'it to begin anew in its process', timeoutMs });
      const broken = await sink.hold('never');
      agent.child.kill('SIGQUIT');
      expect(await agent.ended()).toBe(0);
      expect((await sink.get(broken)).attempts).toMatchObject([{ state: 'HANDED_BACK' }]);
    });

    it('be killed finishes what it runs, says so, and ends with the status that no service manager starts again', async () => {
      const sink = await open('held');
      const agent = sink.start();
      const running = await sink.hold('go');
      const { id } = await sink.send('kill');
      await sink.status('KILLING');
      await sink.letGo('go');
      expect(await agent.ended()).toBe(76);
      expect(agent.faults()).toContain('error killed: the hub told this sink to stay dead');
      await sink.reached(running, 'SUCCESS');
      expect(await sink.signal(id, 'done')).toMatchObject({ outcome: 'done' });
      await sink.status('OFFLINE');
      // What was done is not told to the next one.
      const next = sink.start();
      await sink.reached(await sink.fire({ until: sink.file('go') }), 'SUCCESS', timeoutMs);
      expect(next.child.exitCode).toBeNull();
    });

    it('be killed by force ends all that its modules have started, hands their events back, and ends', async () => {
      const sink = await open('forking');
      const agent = sink.start();
      const event = await sink.fire({ pids: sink.file('pids') });
      const pids = () => pidsIn(sink.file('pids'));
      await waitFor(async () => (await pids()).length === 2, { what: 'the module and its child to run', timeoutMs });
      const { id } = await sink.send('force_kill');
      expect(await agent.ended()).toBe(76);
      await waitFor(async () => !(await pids()).some(isAlive), { what: 'all of them to end', timeoutMs });
      await sink.signal(id, 'done');
      const { state, attempts } = await sink.get(event);
      expect({ state, attempts: attempts.map((one) => [one.number, one.state]) }).toEqual({
        state: 'QUEUED',
        attempts: [[1, 'HANDED_BACK']],
      });
    });

    it('cancel an attempt ends its processes and nothing else', async () => {
      const sink = await open('forking');
      const agent = sink.start();
      const [cancelled, other] = [
        await sink.fire({ pids: sink.file('cancelled') }),
        await sink.fire({ pids: sink.file('other') }),
      ];
      for (const name of ['cancelled', 'other']) {
        await waitFor(async () => (await pidsIn(sink.file(name))).length === 2, { what: 'modules to run', timeoutMs });
      }
      await sink.api.events.cancel.mutate({ id: cancelled });
      await agent.line('signal.received', { kind: 'cancel_attempt', eventId: cancelled });
      expect(await sink.reached(cancelled, 'ERROR', timeoutMs)).toMatchObject({ reason: 'cancelled', attempt: 1 });
      await waitFor(async () => !(await pidsIn(sink.file('cancelled'))).some(isAlive), {
        what: 'them to end',
        timeoutMs,
      });
      expect((await pidsIn(sink.file('other'))).filter(isAlive)).toHaveLength(2);
      expect(await sink.get(other)).toMatchObject({ state: 'RUNNING' });
      const [signal] = await sink.signals();
      expect(signal).toMatchObject({ kind: 'cancel_attempt', event: { id: cancelled, attempt: 1 } });
      await sink.signal(signal?.id ?? 'sig_', 'done');
    });
  });

  describe(`a ${transport} sink that was told to drain`, () => {
    it('goes on to drain, whatever is started again meanwhile, and says so to the next hub', async () => {
      const sink = await open('held');
      const agent = sink.start();
      const running = await sink.hold('go');
      const { id } = await sink.send('drain');
      await sink.signal(id, 'received');
      await world.site.stopHub();
      await world.restartRedis();
      await world.site.startHub();
      await sink.letGo('go');
      expect(await agent.ended()).toBe(0);
      await sink.reached(running, 'SUCCESS', timeoutMs);
      await sink.signal(id, 'done');
    });

    it('while its hub was away does it once the hub is back', async () => {
      const sink = await open('held');
      const agent = sink.start();
      await agent.line('agent.ready');
      sink.hubLink.set('refuse');
      const { id } = await sink.send('drain');
      expect(await sink.signal(id, 'sent')).toMatchObject({ late: { text: expect.stringContaining('expires') } });
      sink.hubLink.set('pass');
      expect(await agent.ended()).toBe(0);
      await sink.signal(id, 'done');
    });
  });

  describe(`somebody at the machine of a ${transport} sink`, () => {
    it('sees what it does, pauses and resumes it for everybody, and drains it', async () => {
      const sink = await open('held');
      const agent = sink.start();
      const folder = sink.file('state');
      const running = await sink.hold('go');
      const { status, hangUp } = await askAgent(folder, 'status');
      hangUp();
      expect(status).toMatchObject({
        pid: agent.child.pid,
        ...{ transport, paused: false, leaving: null, slotsBusy: 1, sink: { id: sink.sink.id } },
        events: [{ eventId: running, attempt: 1, module: 'held' }],
      });
      const paused = await askAgent(folder, 'pause');
      paused.hangUp();
      expect(paused).toMatchObject({ told: true, status: { paused: true } });
      await sink.status('PAUSED');
      const waiting = await sink.fire({ until: sink.file('go') });
      await sink.letGo('go');
      await sink.reached(running, 'SUCCESS', timeoutMs);
      expect(await sink.get(waiting)).toMatchObject({ state: 'QUEUED' });
      (await askAgent(folder, 'resume')).hangUp();
      await sink.reached(waiting, 'SUCCESS', timeoutMs);
      const drained = await askAgent(folder, 'drain');
      await drained.ended;
      expect(await agent.ended()).toBe(0);
      await expect(askAgent(path.join(folder, 'nobody'), 'status')).rejects.toThrow('no agent runs on this machine');
    });
  });
}

/** The processes that the module wrote down. */
async function pidsIn(file: string): Promise<number[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.split('\n').slice(0, -1).map(Number);
}
