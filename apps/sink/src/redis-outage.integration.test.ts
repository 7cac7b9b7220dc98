import { writeFile } from 'node:fs/promises';
import { testDatabase } from '@nexomatic/testkit/database';
import { startPrivateRedis } from '@nexomatic/testkit/private-servers';
import { afterAll, describe, expect, it } from 'vitest';
import { heldModule, openPipeline, openSite } from './testing/open-site.ts';

let redis = await startPrivateRedis();
const site = await openSite({ database: await testDatabase(), redisUrl: redis.url });
afterAll(async () => {
  await site.close();
  await redis.discard();
});

describe('a sink whose Redis goes away', () => {
  it('finishes what it runs, and takes tickets again when Redis is back, even empty', async () => {
    await site.module('held', heldModule);
    const pipeline = await openPipeline(site, 'held');
    const sink = pipeline.start();
    const payload = { until: site.file('go') };
    const running = await pipeline.fire(payload);
    await pipeline.reached(running, 'RUNNING');
    await redis.kill();
    await sink.line('redis.lost');
    await writeFile(payload.until, '');
    await pipeline.reached(running, 'SUCCESS');
    const waiting = await pipeline.fire(payload);
    redis = await redis.startAgain();
    await pipeline.reached(waiting, 'SUCCESS', 60_000);
    await sink.line('redis.recovered');
  });

  it('still stops when it is told to', async () => {
    const pipeline = await openPipeline(site, 'hello.notify');
    const sink = pipeline.start();
    await sink.line('agent.ready');
    await redis.kill();
    await sink.line('redis.lost');
    sink.child.kill('SIGTERM');
    expect(await sink.ended()).toBe(0);
    redis = await redis.startAgain();
  });
});
