import { randomUUID } from 'node:crypto';
import { listTenantIds, pageQueued } from '@nexomatic/db/ledger/outbox';
import { readSetting, writeSettingOnce } from '@nexomatic/db/ledger/settings';
import type { Sql } from '@nexomatic/db/sql';
import type { Logger } from '@nexomatic/logger';
import type { Redis } from '@nexomatic/queue/connection';
import { readEpoch, redisRunId, writeEpoch } from '@nexomatic/queue/epoch';
import type { TicketQueues } from '@nexomatic/queue/ticket-queue';
import type { Definitions } from '../definitions/definitions.ts';
import { dispatchEvents } from './dispatch-event.ts';

const pageSize = 1_000;

export interface ReconcileDeps {
  sql: Sql;
  redis: Redis;
  queues: TicketQueues;
  definitions: Definitions;
  logger: Logger;
}

/**
 * Makes Redis hold a ticket for every event that waits, if Redis is not the one that this database last filled: it was
 * flushed, restarted, restored from a copy, or belongs to another database. Gives the number of tickets that were
 * added, or null when nothing had to be done.
 */
export async function reconcileQueues(deps: ReconcileDeps): Promise<number | null> {
  const expected = `${await databaseEpoch(deps.sql)} ${await redisRunId(deps.redis)}`;
  if ((await readEpoch(deps.redis)) === expected) return null;
  const added = await rebuildQueues(deps);
  await writeEpoch(deps.redis, expected);
  deps.logger.info({ events: added }, 'queues.rebuilt');
  return added;
}

/** Adds a ticket for every event that waits, whatever Redis holds: those that are there already stay as they are. */
export async function rebuildQueues(deps: ReconcileDeps): Promise<number> {
  let added = 0;
  for (const tenantId of await listTenantIds(deps.sql)) {
    let page = await pageQueued(deps.sql, tenantId, null, pageSize);
    while (page.length > 0) {
      await dispatchEvents(deps, page);
      added += page.length;
      const last = page.at(-1);
      page = last && page.length === pageSize ? await pageQueued(deps.sql, tenantId, last.eventId, pageSize) : [];
    }
  }
  return added;
}

/** A random name of this database, made once. */
async function databaseEpoch(sql: Sql): Promise<string> {
  const name = 'redis_epoch';
  return (await readSetting(sql, name)) ?? (await writeSettingOnce(sql, name, randomUUID()));
}
