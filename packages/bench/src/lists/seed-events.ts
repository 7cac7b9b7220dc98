import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Database } from '@nexomatic/db/database';
import type { Sql } from '@nexomatic/db/sql';
import { makeEvents } from './event-mix.ts';
import { type ListTenant, makeListTenant } from './list-tenant.ts';

const perStatement = 2_000;
const spanMs = 30 * 86_400_000;

/** The tenant that `noteFile` tells of, of an earlier run on the same folder; made, with that many events over 30 days, where there is none. */
export async function seedEvents(
  database: Database,
  { total, endMs, noteFile }: { total: number; endMs: number; noteFile: string },
  say: (text: string) => void,
): Promise<ListTenant> {
  if (existsSync(noteFile)) return JSON.parse(readFileSync(noteFile, 'utf8')) as ListTenant;
  const tenant = await makeListTenant(database);
  // Others share the tables: a tenth as many events of somebody else.
  const other = await makeListTenant(database);
  await insertAll(database.sql, tenant, { total, endMs }, say);
  await insertAll(database.sql, other, { total: Math.ceil(total / 10), endMs }, say);
  await database.sql.query('ANALYZE TABLE events, event_search_values');
  // Written last: a seed that was cut short is made again, for another tenant.
  writeFileSync(noteFile, JSON.stringify(tenant), { mode: 0o600 });
  return tenant;
}

async function insertAll(
  sql: Sql,
  tenant: ListTenant,
  { total, endMs }: { total: number; endMs: number },
  say: (text: string) => void,
): Promise<void> {
  for (let from = 0; from < total; from += perStatement) {
    const to = Math.min(total, from + perStatement);
    const { events, searchValues } = makeEvents(tenant, { from, to, total, endMs, spanMs });
    await sql.transaction(async (tx) => {
      tx.defer(
        `INSERT INTO events (tenant_id, id, event_type_id, action_id, sink_type_id, source_id, state, reason, message, attempt,
           parent_id, edge, root_id, depth, sink_id, created_at, available_at, started_at, finished_at, lease_until,
           run_until, expires_at, due_at) VALUES ?`,
        [events],
      );
      if (searchValues.length > 0) {
        tx.defer('INSERT INTO event_search_values (tenant_id, path_hash, event_id, value, number) VALUES ?', [
          searchValues,
        ]);
      }
    });
    if (to % 100_000 < perStatement) say(`seeded ${to.toLocaleString('en')} of ${total.toLocaleString('en')} events`);
  }
}
