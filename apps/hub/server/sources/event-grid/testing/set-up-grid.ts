import { testDatabase } from '@nexomatic/testkit/database';
import { testRedis } from '@nexomatic/testkit/redis';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { afterAll, afterEach } from 'vitest';
import { openTestHub } from '../../../testing/open-test-hub.ts';
import type { FakeOptions } from './fake-namespace.ts';
import { openEventGrid } from './open-event-grid.ts';

/** For the top of a test file: a hub's rules, and with each `setUp` a namespace with a source and an event type of its own. */
export async function eventGridTests() {
  const database = await testDatabase();
  const hub = await openTestHub({ databaseUrl: database.url, redisUrl: await testRedis() });
  const closing: (() => Promise<void>)[] = [];
  let types = 0;
  afterAll(() => hub.close());
  afterEach(async () => {
    await Promise.all(closing.splice(0).map((close) => close()));
  });

  async function setUp(options: FakeOptions = {}, type: Parameters<typeof hub.addEventType>[1] = {}) {
    types += 1;
    const name = `grid-${types}`;
    const eventTypeId = await hub.addEventType(name, type);
    const grid = await openEventGrid(hub, eventTypeId, options);
    closing.push(() => grid.close());
    return {
      ...grid,
      eventTypeId,
      fired: async () => (await hub.events()).filter(({ type: of }) => of === name).map(({ payload }) => payload),
      settled: () => waitFor(() => grid.namespace.queue.left().length === 0, { what: 'every event to be settled' }),
      /** The poll of that outcome, once it is written. */
      poll: (outcome: string) =>
        waitFor(async () => (await grid.facts()).polls.find((poll) => poll.outcome === outcome), {
          what: `a poll that is ${outcome}`,
        }),
    };
  }
  return { database, hub, setUp };
}
