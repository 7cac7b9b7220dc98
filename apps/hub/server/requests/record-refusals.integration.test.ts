import { randomBytes } from 'node:crypto';
import { fakeClock } from '@nexomatic/clock';
import type { Refusal } from '@nexomatic/contracts/edge-protocol';
import { idToBytes, newUuid } from '@nexomatic/contracts/id';
import { silentLogger } from '@nexomatic/logger';
import { testDatabase } from '@nexomatic/testkit/database';
import { makePipeline, sha256 } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { openTestHub } from '../testing/open-test-hub.ts';
import { createRecordRefusals } from './record-refusals.ts';

const database = await testDatabase();
const hub = await openTestHub({ databaseUrl: database.url, redisUrl: await testRedis() });
afterAll(() => hub.close());
const { services } = hub;

let pipeline = await makePipeline(database);
beforeEach(async () => {
  pipeline = await makePipeline(database);
});

const refusal = (more: Partial<Refusal> = {}): Refusal => ({
  ingestId: newUuid(),
  receivedAt: services.clock.now(),
  sourceKeyHash: sha256(pipeline.webhookKey).toString('hex'),
  status: 401,
  code: 'signature_invalid',
  cause: 'signature_mismatch',
  detail: 'no signature matches any of 1 live secrets',
  contentType: 'application/json',
  remoteAddress: '192.0.2.7',
  headers: [
    ['x-hub-signature-256', 'sha256=abc'],
    ['x-github-event', 'push'],
  ],
  body: Buffer.from('{"a":1}').toString('base64'),
  bodyBytes: 7,
  ...more,
});

const written = () =>
  database.sql.query<{ outcome: string; cause: string; headers: Buffer; body: Buffer | null }>(
    `SELECT r.outcome, r.cause, r.headers, b.body FROM receipts r
       LEFT JOIN receipt_bodies b ON b.tenant_id = r.tenant_id AND b.receipt_id = r.id WHERE r.tenant_id = ?`,
    [idToBytes(pipeline.tenant.id)],
  );
const counted = async () =>
  (
    await database.sql.query<{ outcome: string; n: number }>(
      'SELECT outcome, n FROM source_stats WHERE tenant_id = ? AND source_id = ?',
      [idToBytes(pipeline.tenant.id), idToBytes(pipeline.source.id)],
    )
  ).map(({ outcome, n }) => [outcome, n]);

test('a refused request is kept with its cause and body, and without what it was signed by', async () => {
  await services.recordRefusals([refusal()]);
  const [row, ...more] = await written();
  expect(more).toEqual([]);
  expect(row).toMatchObject({ outcome: 'refused', cause: 'signature_mismatch', body: Buffer.from('{"a":1}') });
  expect(JSON.parse(row?.headers.toString() ?? '')).toEqual([
    ['x-hub-signature-256', '***', 1],
    ['x-github-event', 'push'],
  ]);
});

test('told of twice, it is kept once', async () => {
  const told = refusal();
  await services.recordRefusals([told, refusal()]);
  await services.recordRefusals([told]);
  expect(await written()).toHaveLength(2);
});

test('of a flood sixty a minute are kept and all are counted, and another source has sixty of its own', async () => {
  const clock = fakeClock();
  const parts = { ...services, clock, logger: silentLogger, counters: services.requestCounters };
  const record = createRecordRefusals(parts);
  const flood = () => record(Array.from({ length: 100 }, () => refusal()));
  await flood();
  expect(await written()).toHaveLength(60);
  clock.advance(60_000);
  await flood();
  expect(await written()).toHaveLength(120);
  await services.requestCounters.write();
  expect(await counted()).toEqual([['refused', 200]]);

  pipeline = await makePipeline(database);
  await flood();
  expect(await written()).toHaveLength(60);
});

test('no more than 64 KiB of a body are kept', async () => {
  const body = randomBytes(70_000);
  await services.recordRefusals([refusal({ body: body.toString('base64'), bodyBytes: 200_000 })]);
  expect((await written())[0]?.body).toEqual(body.subarray(0, 65_536));
});

test('what was sent to no source, or to a disabled one, is nobody’s, and what can not be written is given up', async () => {
  await services.recordRefusals([refusal({ sourceKeyHash: 'f'.repeat(64) })]);
  // A date that DATETIME can't hold: only the database refuses it.
  await services.recordRefusals([refusal({ receivedAt: Date.UTC(12_000, 0) })]);
  await database.sql.run('UPDATE sources SET enabled = 0 WHERE id = ?', [idToBytes(pipeline.source.id)]);
  services.definitions.forgetAll();
  await services.recordRefusals([refusal()]);
  expect(await written()).toEqual([]);
});
