import { gzipSync } from 'node:zlib';
import { idToBytes } from '@nexomatic/contracts/id';
import { type Assignment, type LogChunk, maxChunkBytes } from '@nexomatic/contracts/sink-protocol';
import { testDatabase } from '@nexomatic/testkit/database';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, expect, it } from 'vitest';
import { openTestHub } from '../testing/open-test-hub.ts';
import { readLog } from './read-log.ts';

const database = await testDatabase();
const urls = { databaseUrl: database.url, redisUrl: await testRedis() };
const hub = await openTestHub(urls);
afterAll(() => hub.close());

const { services, tenantId, sink } = hub;
const type = await hub.addEventType('packs');
const running = async () => hub.claim(await hub.fire(type));
const chunkOf = ({ eventId, attempt }: Assignment, seq: number, bytes: LogChunk['bytes']): LogChunk => ({
  ...{ eventId, attempt, seq, channel: 'stdout', at: 1_700_000_000_000, bytes },
});
const packed = (bytes: Uint8Array | string): LogChunk['bytes'] => ({ gzip: gzipSync(bytes).toString('base64') });
const storedOf = ({ eventId }: Assignment) =>
  services.sql.query<{ encoding: string; size: number }>(
    'SELECT encoding, LENGTH(body) AS size FROM log_chunks WHERE tenant_id = ? AND event_id = ? ORDER BY seq',
    [idToBytes(tenantId), idToBytes(eventId)],
  );

it('log that comes packed or plain is stored packed where that is smaller, and read as it was written', async () => {
  const ticket = await running();
  const text = Array.from({ length: 1_000 }, (_, n) => `line ${n} of a module that says much the same\n`).join('');
  const binary = Buffer.from(Array.from({ length: 2_000 }, (_, n) => (n * 7) % 256));
  const outcomes = await services.appendLogs(sink, [
    chunkOf(ticket, 1, packed(text)),
    chunkOf(ticket, 2, { utf8: text }),
    chunkOf(ticket, 3, { utf8: 'short\n' }),
    chunkOf(ticket, 4, packed(Buffer.concat([binary, Buffer.from('\n')]))),
  ]);
  expect(outcomes).toEqual(['stored', 'stored', 'stored', 'stored']);
  const stored = await storedOf(ticket);
  expect(stored.map(({ encoding }) => encoding)).toEqual(['gzip', 'gzip', 'plain', 'gzip']);
  // What 1,000 such lines take: 43,890 bytes before, an eighth of it now.
  expect(text.length).toBeGreaterThan(40_000);
  expect(stored[0]?.size).toBeLessThan(text.length / 8);
  const { entries } = await readLog(services, tenantId, { id: ticket.eventId, after: 0 });
  expect(
    entries
      .slice(0, 2_001)
      .map((entry) => `${entry.text}\n`)
      .join(''),
  ).toBe(`${text}${text}short\n`);
});

it('what comes packed and is not changed by masking is stored as it came', async () => {
  const ticket = await running();
  const sent = gzipSync('the same line again\n'.repeat(1_000), { level: 1 });
  await services.appendLogs(sink, [chunkOf(ticket, 1, { gzip: sent.toString('base64') })]);
  const [row] = await services.sql.query<{ body: Buffer }>(
    'SELECT body FROM log_chunks WHERE tenant_id = ? AND event_id = ?',
    [idToBytes(tenantId), idToBytes(ticket.eventId)],
  );
  expect(row?.body.equals(sent)).toBe(true);
});

it('what unpacks to more than a chunk may hold, and what is no gzip, is refused; what came with it is stored', async () => {
  const ticket = await running();
  const bomb = packed(Buffer.alloc(64 * maxChunkBytes));
  const outcomes = await services.appendLogs(sink, [
    chunkOf(ticket, 1, bomb),
    chunkOf(ticket, 2, { gzip: 'bm90IGd6aXA=' }),
    chunkOf(ticket, 3, packed('good\n')),
  ]);
  expect(outcomes).toEqual(['refused', 'refused', 'stored']);
  expect(await storedOf(ticket)).toHaveLength(1);
});
