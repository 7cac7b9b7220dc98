import { Tenant } from '@nexomatic/db/entities/tenant';
import { pendingMigrations } from '@nexomatic/db/migrate';
import { expect, test } from 'vitest';
import { testDatabase } from './database.ts';
import { makePipeline, makeTenant } from './factories.ts';

const one = await testDatabase();
const other = await testDatabase();

test('a test database has everything that the migrations make', async () => {
  expect(await pendingMigrations(one)).toEqual([]);
  expect(await one.orm.schema.getUpdateSchemaSQL({ wrap: false })).not.toMatch(/create|add|modify/);
});

test('two test databases share no rows', async () => {
  const tenant = await makeTenant(one);
  expect(await one.systemEm().count(Tenant, { id: tenant.id })).toBe(1);
  expect(await other.systemEm().count(Tenant, {})).toBe(0);
});

test('any number of pipelines stand side by side in one schema', async () => {
  const pipelines = await Promise.all(Array.from({ length: 5 }, () => makePipeline(one)));
  expect(new Set(pipelines.map((pipeline) => pipeline.tenant.slug)).size).toBe(5);
  expect(pipelines.every(({ webhookKey }) => /^[a-z2-7]{32}$/.test(webhookKey))).toBe(true);
});

test('what the factories are given is what is stored', async () => {
  const { eventType } = await makePipeline(one, { eventType: { name: 'hello.received', maxAttempts: 3 } });
  expect(eventType).toMatchObject({ name: 'hello.received', maxAttempts: 3, queueTtlSeconds: 604_800 });
});
