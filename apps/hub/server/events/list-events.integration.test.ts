import { systemClock } from '@nexomatic/clock';
import { newId } from '@nexomatic/contracts/id';
import { insertEvents } from '@nexomatic/db/ledger/insert-events';
import { testDatabase } from '@nexomatic/testkit/database';
import { makePipeline } from '@nexomatic/testkit/factories';
import { expect, test, vi } from 'vitest';
import { listEvents } from './list-events.ts';

const db = await testDatabase();
const deps = { db, clock: systemClock };
const logger = db.orm.config.getLogger();
logger.setDebugMode(['query']);

/** The statements that the ORM sends while the work is done. */
async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const log = vi.spyOn(logger, 'logQuery').mockImplementation(() => undefined);
  await work();
  const statements = log.mock.calls.map(([{ query }]) => query ?? '');
  log.mockRestore();
  return statements;
}

async function tenantWithEvents(count: number) {
  const { tenant, eventType, action, sinkType, source } = await makePipeline(db);
  await db.sql.transaction(async (tx) =>
    insertEvents(
      tx,
      Array.from({ length: count }, () => {
        const id = newId('event');
        return {
          tenantId: tenant.id,
          id,
          eventTypeId: eventType.id,
          actionId: action.id,
          sinkTypeId: sinkType.id,
          pinnedSinkId: null,
          sourceId: source.id,
          receiptId: null,
          parent: null,
          rootId: id,
          depth: 0,
          queueTtlSeconds: 600,
          payload: Buffer.from('{}'),
          contentType: 'application/json',
        };
      }),
    ),
  );
  return tenant.id;
}

test('a page of a hundred events takes as many statements as a page of one', async () => {
  const tenantId = await tenantWithEvents(101);
  const one = await statementsOf(() => listEvents(deps, tenantId, { limit: 1 }));
  const hundred = await statementsOf(() => listEvents(deps, tenantId, { limit: 100 }));
  expect(one).not.toHaveLength(0);
  expect(hundred).toHaveLength(one.length);
});

test('a list never touches the tables that hold payloads, results and logs', async () => {
  const tenantId = await tenantWithEvents(3);
  const filter = { state: ['QUEUED', 'ERROR'] as const, type: 'any', limit: 10 };
  const statements = await statementsOf(() => listEvents(deps, tenantId, { ...filter, state: [...filter.state] }));
  expect(statements.join('\n')).not.toMatch(/event_payloads|attempt_results|log_chunks/);
});

test('every statement of a list names the tenant', async () => {
  const tenantId = await tenantWithEvents(3);
  const statements = await statementsOf(() => listEvents(deps, tenantId, { limit: 10, state: ['QUEUED'] }));
  for (const statement of statements) expect(statement).toMatch(/`tenant_id` = /);
});
