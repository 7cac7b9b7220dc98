import { systemClock } from '@nexomatic/clock';
import { silentLogger } from '@nexomatic/logger';
import { testDatabase } from '@nexomatic/testkit/database';
import { testRedis } from '@nexomatic/testkit/redis';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { afterAll, it } from 'vitest';
import { startAgent } from './agent.ts';
import { createInlineRunner } from './runner/inline.ts';
import { openPipeline, openSite } from './testing/open-site.ts';

const site = await openSite({ database: await testDatabase(), redisUrl: await testRedis() });
afterAll(() => site.close());

const hourMs = 3_600_000;

it.each([hourMs, -hourMs])(
  'a sink whose clock is %i ms off works, keeps its leases, and is shown so',
  async (offMs) => {
    const pipeline = await openPipeline(site, 'slow');
    const renewed = Promise.withResolvers<void>();
    const agent = await startAgent({
      ...{ hubUrl: site.hubUrl, token: pipeline.sinkToken, transport: 'gateway', stateFolder: site.folder, slots: 1 },
      runners: { PYTHON: createInlineRunner({ slow: () => renewed.promise }) },
      clock: { now: () => systemClock.now() + offMs, monotonic: systemClock.monotonic },
      logger: silentLogger,
    });
    const id = await pipeline.fire({});
    await pipeline.reached(id, 'RUNNING', 30_000);
    const leaseUntil = async () => {
      const [row] = await site.database.sql.query<{ lease_until: Date }>(
        'SELECT lease_until FROM events WHERE sink_id IS NOT NULL AND tenant_id = (SELECT tenant_id FROM sinks WHERE name = ?)',
        [pipeline.sink.name],
      );
      return row?.lease_until.getTime() ?? 0;
    };
    const first = await leaseUntil();
    await waitFor(async () => (await leaseUntil()) > first, { what: 'the lease to be renewed', timeoutMs: 30_000 });
    const skew = async () => (await pipeline.api.sinks.get.query({ id: pipeline.sink.id })).presence?.clockSkewMs ?? 0;
    await waitFor(async () => Math.abs((await skew()) - offMs) < 60_000, { what: 'the clock to be shown as wrong' });
    renewed.resolve();
    await pipeline.reached(id, 'SUCCESS', 30_000);
    agent.stop();
    await agent.stopped;
  },
);
