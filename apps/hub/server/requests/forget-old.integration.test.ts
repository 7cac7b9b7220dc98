import { idToBytes, newId } from '@nexomatic/contracts/id';
import { testDatabase } from '@nexomatic/testkit/database';
import { makePipeline } from '@nexomatic/testkit/factories';
import { expect, test } from 'vitest';
import { forgetOldRequests } from './forget-old.ts';

const database = await testDatabase();
const { sql } = database;
const { tenant, source } = await makePipeline(database);
const [tenantId, sourceId] = [idToBytes(tenant.id), idToBytes(source.id)];

test('bodies older than 7 days, counts older than 90 and values of secrets that ended a day ago are thrown away', async () => {
  for (const hours of [6 * 24 + 23, 7 * 24 + 1]) {
    await sql.run(
      'INSERT INTO receipt_bodies (tenant_id, receipt_id, body, created_at) VALUES (?, ?, ?, NOW(3) - INTERVAL ? HOUR)',
      [tenantId, idToBytes(newId('receipt')), Buffer.from(String(hours)), hours],
    );
  }
  for (const days of [89, 91]) {
    await sql.run(
      `INSERT INTO source_stats (tenant_id, source_id, slot, outcome, n) VALUES (?, ?, NOW() - INTERVAL ? DAY, 'accepted', ?)`,
      [tenantId, sourceId, days, days],
    );
  }
  for (const hours of [1, 25]) {
    await sql.run(
      `INSERT INTO source_secrets (tenant_id, id, source_id, wrapped, created_at, retires_at)
       VALUES (?, ?, ?, 'wrapped', NOW(3), NOW(3) - INTERVAL ? HOUR)`,
      [tenantId, idToBytes(newId('sourceSecret')), sourceId, hours],
    );
  }
  expect(await forgetOldRequests({ sql })).toBe(false);
  const column = async (text: string) => (await sql.query<{ v: unknown }>(text)).map(({ v }) => String(v));
  expect(await column('SELECT body AS v FROM receipt_bodies')).toEqual([String(6 * 24 + 23)]);
  expect(await column('SELECT n AS v FROM source_stats')).toEqual(['89']);
  expect(await column('SELECT wrapped AS v FROM source_secrets ORDER BY id')).toEqual(['wrapped', '']);
});
