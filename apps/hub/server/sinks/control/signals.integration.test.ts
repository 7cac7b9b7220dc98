import { newId } from '@nexomatic/contracts/id';
import { AuditEntry } from '@nexomatic/db/entities/audit-entry';
import { Sink } from '@nexomatic/db/entities/sink';
import { testDatabase } from '@nexomatic/testkit/database';
import { startPrivateRedis } from '@nexomatic/testkit/private-servers';
import { testRedis } from '@nexomatic/testkit/redis';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemActor } from '../../auth/actor.ts';
import { cancelEvent } from '../../events/cancel-events.ts';
import { openTestHub } from '../../testing/open-test-hub.ts';
import { revokeSink } from '../revoke-sink.ts';
import { acknowledgeSignals } from './acknowledge-signals.ts';
import { forgetSignals } from './forget-signals.ts';
import { sendSignal } from './send-signal.ts';
import { done, openSignalHub, received } from './testing/open-signal-hub.ts';

const database = await testDatabase();
const urls = { databaseUrl: database.url, redisUrl: await testRedis() };
let hub: Awaited<ReturnType<typeof openSignalHub>>;
beforeEach(async () => {
  hub = await openSignalHub(urls);
});
afterEach(() => hub.close());

describe('a signal', () => {
  it('is told to the sink that listens, and is sent, received and done as it says', async () => {
    const stream = hub.listen();
    await stream.hears(['paused false']);
    const { id, state, late, by } = await hub.send('drain');
    expect({ state, by, late: late?.text }).toEqual({
      state: 'sent',
      by: 'system:installation',
      late: 'The agent has not heard of it. If it is not there within ten minutes of sending, the signal expires.',
    });
    await stream.hears(['paused false', 'drain']);
    await hub.say(received(id));
    expect(await hub.list()).toEqual([['drain', 'received', null]]);
    expect((await hub.shown()).status).toBe('DRAINING');
    await hub.say(done(id));
    expect(await hub.list()).toEqual([['drain', 'done', 'done']]);
    expect((await hub.shown()).status).toBe('OFFLINE');
    await stream.end();
  });

  it('reaches a sink whose stream another hub holds', async () => {
    const other = await openTestHub(urls);
    const stream = hub.listen(other);
    await stream.hears(['paused false']);
    await hub.send('kill');
    await stream.hears(['paused false', 'kill']);
    await stream.end();
    await other.close();
  });

  it('reaches it without Redis as well', async () => {
    const redis = await startPrivateRedis();
    const apart = await openTestHub({ ...urls, redisUrl: redis.url });
    const stream = hub.listen(apart);
    await stream.hears(['paused false']);
    await hub.send('reset');
    await stream.hears(['paused false', 'reset']);
    await stream.end();
    await apart.close();
    await redis.discard();
  });

  it('is in the audit log, and told to people who watch the sinks of the tenant', async () => {
    const changed: string[] = [];
    const stop = hub.services.live.subscribeToSinks(hub.tenantId, (ids) => changed.push(...ids));
    // The first words may come before Redis has noted that somebody listens.
    await waitFor(
      async () => {
        await hub.send('reset');
        return changed.includes(hub.sink.sinkId);
      },
      { what: 'the change to be told' },
    );
    stop();
    const entries = await hub.services.db.tenantEm(hub.tenantId).find(AuditEntry, { objectId: hub.sink.sinkId });
    expect(new Set(entries.map(({ action }) => action))).toEqual(new Set(['sink.reset_sent']));
  });

  it('is told again to whoever comes as this sink while it is open, and not to one that says it heard it', async () => {
    const [kept, next] = [await hub.send('pause'), await hub.send('drain')];
    await hub.say(received(kept.id));
    const anew = hub.listen();
    await anew.hears(['paused true', 'pause', 'drain']);
    await anew.end();
    const back = hub.listen(hub, kept.id);
    await back.hears(['paused true', 'drain']);
    await back.end();
    await hub.say(done(next.id), done(kept.id));
    const later = hub.listen();
    await later.hears(['paused true']);
    await later.end();
  });

  it('takes back what contradicts it and is not done', async () => {
    await hub.send('pause');
    await hub.send('drain');
    await hub.send('resume');
    await hub.send('kill');
    await hub.send('force_kill');
    await hub.send('resume');
    expect((await hub.list()).toReversed()).toEqual([
      ['pause', 'done', 'replaced'],
      ['drain', 'done', 'replaced'],
      ['resume', 'done', 'replaced'],
      ['kill', 'done', 'replaced'],
      ['force_kill', 'sent', null],
      ['resume', 'sent', null],
    ]);
  });

  it('that was taken back is not done any more, whatever the sink says', async () => {
    const { id } = await hub.send('drain');
    await hub.say(received(id));
    await hub.send('resume');
    await hub.say(done(id));
    expect(await hub.list()).toEqual([
      ['resume', 'sent', null],
      ['drain', 'done', 'replaced'],
    ]);
  });

  it('is nothing that another sink can speak of', async () => {
    const { id } = await hub.send('kill');
    await acknowledgeSignals(hub.services, await hub.addSink('other'), [done(id), done(newId('signal'))]);
    expect(await hub.list()).toEqual([['kill', 'sent', null]]);
  });

  it('to a sink without a credential is refused: nobody could hear it', async () => {
    await revokeSink(hub.services, hub.tenantId, systemActor, hub.sink.sinkId);
    await expect(hub.send('drain')).rejects.toMatchObject({ code: 'conflict' });
    await expect(
      sendSignal(hub.services, hub.tenantId, systemActor, { id: newId('sink'), kind: 'drain' }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  it('expires when nobody was there to hear it; a pause does not', async () => {
    await hub.send('pause');
    await hub.send('kill');
    const heard = await hub.send('force_kill');
    await hub.say(received(heard.id));
    await hub.send('drain');
    await hub.services.sql.run(
      'UPDATE sink_signals SET sent_at = NOW(3) - INTERVAL 11 MINUTE WHERE sink_id IS NOT NULL',
    );
    await forgetSignals(hub.services);
    expect(await hub.list()).toEqual([
      ['drain', 'done', 'expired'],
      ['force_kill', 'received', null],
      ['kill', 'done', 'replaced'],
      ['pause', 'sent', null],
    ]);
  });
});

describe('an event that is cancelled while it runs', () => {
  it('is a signal to the sink that runs it, once', async () => {
    const eventId = await hub.fire(await hub.addEventType('long'));
    await hub.claim(eventId);
    const stream = hub.listen();
    for (const _ of [1, 2]) {
      await cancelEvent(hub.services, { tenantId: hub.tenantId, id: eventId, by: 'user:Ada' });
    }
    await stream.hears(['paused false', 'cancel_attempt']);
    expect(stream.heard[1]).toMatchObject({ eventId, attempt: 1, by: 'user:Ada' });
    expect(await hub.list()).toEqual([['cancel_attempt', 'sent', null]]);
    await stream.end();
  });

  it('whose sink was removed is marked all the same', async () => {
    const eventId = await hub.fire(await hub.addEventType('long'));
    await hub.claim(eventId);
    await hub.services.db.tenantEm(hub.tenantId).nativeDelete(Sink, { id: hub.sink.sinkId });
    const wish = { tenantId: hub.tenantId, id: eventId, by: 'user:Ada' };
    expect(await cancelEvent(hub.services, wish)).toMatchObject({ outcome: 'cancelling' });
  });
});
