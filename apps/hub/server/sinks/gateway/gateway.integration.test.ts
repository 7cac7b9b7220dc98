import { randomUUID } from 'node:crypto';
import type { Id } from '@nexomatic/contracts/id';
import type { ClaimOutcome, Take } from '@nexomatic/contracts/sink-protocol';
import { queuePrefix, sinkQueueName, typeQueueName } from '@nexomatic/queue/names';
import { testDatabase } from '@nexomatic/testkit/database';
import { testRedis } from '@nexomatic/testkit/redis';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SinkIdentity } from '../../services.ts';
import { openTestHub, type TestHub } from '../../testing/open-test-hub.ts';

const database = await testDatabase();
const urls = { databaseUrl: database.url, redisUrl: await testRedis() };
let hub: TestHub;
let eventTypeId: Id<'eventType'>;
beforeEach(async () => {
  hub = await openTestHub(urls);
  eventTypeId = await hub.addEventType('taken');
});
afterEach(() => hub.close());

const never = new AbortController().signal;

/** One process of a sink. */
function taker(sink: SinkIdentity = hub.sink, session = randomUUID()) {
  return (given: Partial<Take> = {}, signal = never, at: TestHub = hub): Promise<ClaimOutcome[]> =>
    at.services.gateway.take(sink, { session, slotsFree: 10, waitMs: 5_000, ...given }, signal);
}

const ids = (outcomes: ClaimOutcome[]): string[] => outcomes.map(({ eventId }) => eventId).toSorted();
const fire = (count: number) => Promise.all(Array.from({ length: count }, () => hub.fire(eventTypeId)));
const pin = (count: number, sink: SinkIdentity) =>
  Promise.all(
    Array.from({ length: count }, async () => {
      const outcome = await hub.accept({ eventTypeId, pinnedSinkId: sink.sinkId });
      if (outcome.kind !== 'accepted') throw new Error(outcome.kind);
      return outcome.eventId;
    }),
  );
const waiting = async (queueName: string): Promise<number> =>
  hub.services.redis.llen(`${queuePrefix(hub.tenantId)}:${queueName}:wait`);
const dispatched = (count: number, queueName = typeQueueName('TEST')) =>
  waitFor(async () => (await waiting(queueName)) === count, { what: `${count} tickets on the queue` });

describe('a sink that asks for work', () => {
  it('gets all that is there in one answer, up to its slots, claimed for it', async () => {
    const fired = await fire(12);
    await dispatched(12);
    const take = taker();
    const first = await take({ slotsFree: 8 });
    const rest = await take({ slotsFree: 8 });
    expect([first.length, rest.length]).toEqual([8, 4]);
    expect(ids([...first, ...rest])).toEqual(fired.toSorted());
    expect(new Set([...first, ...rest].map(({ outcome }) => outcome))).toEqual(new Set(['claimed']));
    expect((await hub.events()).map(({ state, attempt }) => [state, attempt])).toEqual(fired.map(() => ['RUNNING', 1]));
  });

  it('waits when there is nothing, and is answered as soon as an event comes', async () => {
    const answer = taker()();
    const [fired] = await fire(1);
    expect(ids(await answer)).toEqual([fired]);
  });

  it('is answered with nothing when its time is over', async () => {
    expect(await taker()({ waitMs: 20 })).toEqual([]);
  });

  it('is told of an event that ended in ERROR before any code ran, and not of one that had gone', async () => {
    const [gone] = await fire(1);
    await dispatched(1);
    await hub.claim(gone ?? 'evt_none', 1, await hub.addSink('faster'));
    const lacking = await hub.addEventType('lacking', { parameters: [{ key: 'k', kind: 'DATA', value: 'absent' }] });
    const refused = await hub.fire(lacking);
    await dispatched(2);
    expect(await taker()()).toMatchObject([{ outcome: 'refused', eventId: refused, reason: 'parameter_missing' }]);
  });

  it('shares with all others: whoever waited longest is served first', async () => {
    const sinks = await Promise.all([1, 2, 3].map((number) => hub.addSink(`sharer-${number}`)));
    const answers = sinks.map((sink) => taker(sink)({ slotsFree: 1 }));
    await fire(3);
    expect((await Promise.all(answers)).map((outcomes) => outcomes.length)).toEqual([1, 1, 1]);
  });

  it.each([1, 4])('gets from its own queue and from that of its type in turn, %i at a time', async (slotsFree) => {
    const pinned = new Set<string>(await pin(40, hub.sink));
    await fire(40);
    await dispatched(40);
    await dispatched(40, sinkQueueName(hub.sink.sinkId));
    const take = taker();
    let own = 0;
    for (let taken = 0; taken < 16; taken += slotsFree) {
      own += (await take({ slotsFree })).filter(({ eventId }) => pinned.has(eventId)).length;
    }
    expect(own).toBe(8);
  });
});

describe('when an answer is not heard', () => {
  it('what it brought goes back to the queue once the sink says what it holds, and nothing else does', async () => {
    await fire(3);
    await dispatched(3);
    const take = taker();
    const heard = await take({ slotsFree: 1 });
    const lost = await take({ slotsFree: 2 });
    const holding = heard.map(({ eventId, attempt }) => ({ eventId, attempt }));
    // The next clean call forgets what was given before; until then it is remembered.
    const again = await take({ holding });
    expect(ids(again)).toEqual(ids(lost));
    expect(again.map(({ attempt }) => attempt)).toEqual([2, 2]);
    expect((await hub.events()).map(({ attempt }) => attempt).toSorted()).toEqual([1, 2, 2]);
  });

  it('also when the hub that gave it is gone', async () => {
    const other = await openTestHub(urls);
    const [fired] = await fire(1);
    await dispatched(1);
    const take = taker();
    await take({}, never, other);
    await other.close();
    expect(await take({ holding: [] })).toMatchObject([{ eventId: fired, attempt: 2, outcome: 'claimed' }]);
  });

  it('another process of the same sink keeps what it runs', async () => {
    await fire(1);
    await dispatched(1);
    await taker()();
    expect(await taker()({ holding: [], waitMs: 0 })).toEqual([]);
    expect((await hub.events()).map(({ state, attempt }) => [state, attempt])).toEqual([['RUNNING', 1]]);
  });

  it('a sink that has hung up gets nothing: the next event is left to others', async () => {
    const hungUp = new AbortController();
    const unheard = taker(await hub.addSink('silent'))({}, hungUp.signal);
    hungUp.abort();
    expect(await unheard).toEqual([]);
    const [fired] = await fire(1);
    expect(await taker()()).toMatchObject([{ eventId: fired, attempt: 1 }]);
  });

  it('a later call of the same process ends the one before, which gets nothing any more', async () => {
    const take = taker();
    const before = take();
    const after = take();
    const [fired] = await fire(1);
    expect(await before).toEqual([]);
    expect(ids(await after)).toEqual([fired]);
  });
});

describe('waiting ends', () => {
  it('at once when the hub stops, and tickets stay on their queue', async () => {
    const answers = [taker()(), taker(await hub.addSink('second'))()];
    hub.services.gateway.endWaits();
    expect(await Promise.all(answers)).toEqual([[], []]);
    await fire(1);
    expect(await taker()()).toEqual([]);
    // The fetch that was open when it stopped may have had the ticket for a moment.
    await dispatched(1);
  });

  it('at once for a sink that is cut off, and for no other', async () => {
    const other = await hub.addSink('other');
    const [cut, left] = [taker()(), taker(other)()];
    hub.services.gateway.cutOff(hub.sink.sinkId);
    expect(await cut).toEqual([]);
    const [fired] = await fire(1);
    expect(ids(await left)).toEqual([fired]);
  });

  it('when the sink asks for no slots: it pauses', async () => {
    const take = taker();
    const open = take();
    expect(await take({ slotsFree: 0 })).toEqual([]);
    expect(await open).toEqual([]);
  });
});
