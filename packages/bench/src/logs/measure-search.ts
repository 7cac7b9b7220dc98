import { systemClock } from '@nexomatic/clock';
import { idFromBytes } from '@nexomatic/contracts/id';
import { makeListTenant } from '../lists/list-tenant.ts';
import type { PrivateSite } from '../open-private-site.ts';
import { startHub } from '../pipeline/start-hub.ts';
import { explainLogs } from './explain-logs.ts';
import { logQueries } from './log-queries.ts';
import { type LogFigures, measureHistograms, measureSearches } from './measure-logs.ts';
import { measureRows } from './measure-rows.ts';
import { seedRecords } from './seed-records.ts';

interface SearchOptions {
  records: number;
  rounds: number;
  /** Of pages of the database in memory. */
  poolMegabytes: number;
}

/** Searches and counts millions of records through a hub, and measures what it costs to make lines searchable; as Markdown. */
export async function measureSearch(
  { folder, servers, database }: PrivateSite,
  { records, rounds, poolMegabytes }: SearchOptions,
  say: (text: string) => void,
): Promise<string[]> {
  const { sql } = database;
  await sql.run('SET GLOBAL innodb_buffer_pool_size = ?', [poolMegabytes * 1024 * 1024]);
  await sql.run('SET GLOBAL innodb_flush_log_at_trx_commit = 0');
  const tenant = await makeListTenant(database);
  const nowMs = systemClock.now();
  await seedRecords(sql, { tenant, total: records, endMs: nowMs, spanMs: 14 * 86_400_000 }, say);
  await sql.run('SET GLOBAL innodb_flush_log_at_trx_commit = 1');

  const [found] = await sql.query<{ event_id: Buffer }>('SELECT event_id FROM log_records WHERE text LIKE ? LIMIT 1', [
    'Fetched%',
  ]);
  const eventId = found ? [idFromBytes('event', found.event_id)] : [];
  await using hub = await startHub(servers, { folder, nodeOptions: [] });
  const asked = { hub: { url: hub.url, token: tenant.apiToken }, rounds };
  const daysAgo = (days: number): string => new Date(nowMs - days * 86_400_000).toISOString();
  const queries = logQueries(tenant, eventId).map((query) => ({
    ...query,
    q: query.q
      .replace('EVENT', eventId[0] ?? '')
      .replace('FOUR', daysAgo(4))
      .replace('THREE', daysAgo(3)),
  }));
  say('searching');
  const searches = await measureSearches(asked, queries);
  say('counting');
  const counted = ['', 'level:error', 'type:deploy.*', 'ConnectionRefusedError', 'sink:eu-1'];
  const histograms = await measureHistograms(asked, counted, nowMs);
  say('writing');
  const rows = [
    await measureRows(sql, tenant, nowMs, [1, 10]),
    await measureRows(sql, tenant, nowMs, [50, 10]),
    await measureRows(sql, tenant, nowMs, [4, 600]),
  ];

  const sizes = await sql.query<{ name: string; mb: number }>(
    `SELECT index_name AS name, ROUND(stat_value * @@innodb_page_size / 1048576) AS mb FROM mysql.innodb_index_stats
     WHERE database_name = DATABASE() AND table_name = 'log_records' AND stat_name = 'size'`,
  );
  const plans: string[] = [];
  for (const query of queries) plans.push(await explainLogs(sql, tenant.id, query));
  return [
    `${records.toLocaleString('en')} records, ${poolMegabytes} MB of pages: ${sizes.map(({ name, mb }) => `${name} ${mb} MB`).join(', ')}`,
    '',
    '| search | query | found | p50 ms | p95 ms | most ms | plan |',
    '|---|---|---|---|---|---|---|',
    ...searches.map((figures, i) => row(figures, plans[i] ?? '')),
    ...histograms.map((figures) => row(figures, '')),
    '',
    '| chunks at once | lines/s as chunks | lines/s searchable | ms a chunk more |',
    '|---|---|---|---|',
    ...rows.map(({ chunks, stored, searchable, more }) => {
      const speeds = [stored, searchable].map((one) => Math.round(one).toLocaleString('en'));
      return `| ${chunks} | ${speeds.join(' | ')} | ${more.toFixed(2)} |`;
    }),
  ];
}

const row = ({ name, q, found, ...ms }: LogFigures, plan: string): string =>
  `| ${name} | \`${q}\` | ${found} | ${[ms.p50, ms.p95, ms.max].map((one) => one.toFixed(1)).join(' | ')} | ${plan} |`;
