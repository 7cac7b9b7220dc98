import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { idToBytes } from '@nexomatic/contracts/id';
import { testDatabase } from '@nexomatic/testkit/database';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openPipeline, openSite } from './testing/open-site.ts';

const mebibyte = 1024 * 1024;
const site = await openSite({ database: await testDatabase(), redisUrl: await testRedis() });
afterEach(() => site.killSinks());
afterAll(() => site.close());

// As a packaged agent, which holds no compiler: what was compiled once is not compiled again.
const settings = { NODE_COMPILE_CACHE: path.join(site.folder, 'compiled') };

beforeAll(async () => {
  const sink = (await openPipeline(site, 'none')).start(settings);
  await sink.line('agent.ready');
  // The cache is written at a clean end.
  sink.child.kill('SIGTERM');
  expect(await sink.ended()).toBe(0);
});

/** Most memory that a process has had in use so far. */
async function peakBytes(pid: number): Promise<number> {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}

describe('a module that floods its output', () => {
  it.each([
    [
      '1 GiB of lines',
      'line = b"x" * 1023 + b"\\n"\n    for _ in range(1024): sys.stdout.buffer.write(line * 1024)',
      1024,
    ],
    ['one line of 100 MB', 'for _ in range(100): sys.stdout.buffer.write(b"x" * 1048576)', 100],
    ['64 MiB of bytes that are no text', 'for _ in range(64): sys.stdout.buffer.write(bytes(range(256)) * 4096)', 64],
  ])('ends normally and leaves the agent small: %s', async (_what, writes, mebibytes) => {
    const name = `flood_${mebibytes}`;
    await site.module(name, `import sys\ndef run(ctx):\n    ${writes}\n    return "ended"\n`);
    const pipeline = await openPipeline(site, name);
    const sink = pipeline.start(settings);
    const id = await pipeline.fire({});
    const event = await pipeline.reached(id, 'SUCCESS', 50_000);
    expect(event.result?.text).toBe('"ended"');
    expect(await peakBytes(sink.child.pid ?? 0)).toBeLessThan(150 * mebibyte);
    expect(await sink.line('attempt.finished', { eventId: id })).toMatchObject({ logBytes: mebibytes * mebibyte });
    const stored = await site.database.sql.query<{ channel: string; body: Buffer; encoding: string }>(
      'SELECT channel, body, encoding FROM log_chunks WHERE event_id = ?',
      [idToBytes(id)],
    );
    const chunks = stored.map(({ channel, body, encoding }) => ({
      channel,
      bytes: encoding === 'gzip' ? gunzipSync(body) : body,
    }));
    const output = chunks
      .filter(({ channel }) => channel !== 'record')
      .reduce((sum, { bytes }) => sum + bytes.length, 0);
    expect(output).toBeGreaterThan(15 * mebibyte);
    expect(output).toBeLessThanOrEqual(16 * mebibyte);
    const told = chunks.filter(({ channel }) => channel === 'record').map(({ bytes }) => bytes.toString());
    expect(
      told.join('').split('Log truncated at 16 MiB (limit of this tenant): what follows is not kept.'),
    ).toHaveLength(2);
  });
});
