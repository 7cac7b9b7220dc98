import { parseArgs } from 'node:util';
import { systemClock } from '@nexomatic/clock';
import { idFromBytes } from '@nexomatic/contracts/id';
import { makeListTenant } from '../lists/list-tenant.ts';
import { openPrivateSite } from '../open-private-site.ts';
import { startHub } from '../pipeline/start-hub.ts';
import { describePlatform } from '../report/platform.ts';
import { explainLogs } from './explain-logs.ts';
import { logQueries } from './log-queries.ts';
import { measureIngest } from './measure-ingest.ts';
import { type LogFigures, measureHistograms, measureSearches } from './measure-logs.ts';
import { seedRecords } from './seed-records.ts';

/** Measures how long the hub takes to search logs and to count them, and what it costs to make lines searchable. */

const usage = `usage: node packages/bench/src/logs/main.ts [options]
  --records N    records of the tenant over two weeks, 10000000 if not given: some 6 GB of disk while it runs
  --rounds N     requests for each query, 20 if not given
  --pool MB      memory of the database for pages, 2048 if not given
  --help         this text`;

const { values } = parseArgs({
  options: {
    records: { type: 'string', default: '10000000' },
    rounds: { type: 'string', default: '20' },
    pool: { type: 'string', default: '2048' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(`${usage}\n`);
  process.exit(0);
}
const say = (text: string): void => void process.stderr.write(`${text}\n`);
const total = Number(values.records);
const rounds = Number(values.rounds);

await using stack = new AsyncDisposableStack();
const { folder, servers, database } = await openPrivateSite('logs', stack);
const { sql } = database;
await sql.run('SET GLOBAL innodb_buffer_pool_size = ?', [Number(values.pool) * 1024 * 1024]);
await sql.run('SET GLOBAL innodb_flush_log_at_trx_commit = 0');

const tenant = await makeListTenant(database);
const nowMs = systemClock.now();
await seedRecords(sql, { tenant, total, endMs: nowMs, spanMs: 14 * 86_400_000 }, say);
await sql.run('SET GLOBAL innodb_flush_log_at_trx_commit = 1');

const [found] = await sql.query<{ event_id: Buffer }>('SELECT event_id FROM log_records WHERE text LIKE ? LIMIT 1', [
  'Fetched%',
]);
const eventId = found ? [idFromBytes('event', found.event_id)] : [];
const hub = stack.use(await startHub(servers, { folder, nodeOptions: [] }));
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
const histograms = await measureHistograms(
  asked,
  ['', 'level:error', 'type:deploy.*', 'ConnectionRefusedError', 'sink:eu-1'],
  nowMs,
);
say('writing');
const ingest = [
  await measureIngest(sql, tenant, nowMs, [1, 10]),
  await measureIngest(sql, tenant, nowMs, [50, 10]),
  await measureIngest(sql, tenant, nowMs, [4, 600]),
];

const row = ({ name, q, found: what, ...ms }: LogFigures, plan: string): string =>
  `| ${name} | \`${q}\` | ${what} | ${[ms.p50, ms.p95, ms.max].map((one) => one.toFixed(1)).join(' | ')} | ${plan} |`;
const sizes = await sql.query<{ name: string; mb: number }>(
  `SELECT index_name AS name, ROUND(stat_value * @@innodb_page_size / 1048576) AS mb FROM mysql.innodb_index_stats
   WHERE database_name = DATABASE() AND table_name = 'log_records' AND stat_name = 'size'`,
);
const plans: string[] = [];
for (const query of queries) plans.push(await explainLogs(sql, tenant.id, query));
const lines = [
  `${describePlatform(servers).join(' · ')}; ${total.toLocaleString('en')} records, ${values.pool} MB of pages`,
  sizes.map(({ name, mb }) => `${name} ${mb} MB`).join(', '),
  '',
  '| search | query | found | p50 ms | p95 ms | most ms | plan |',
  '|---|---|---|---|---|---|---|',
  ...searches.map((figures, i) => row(figures, plans[i] ?? '')),
  ...histograms.map((figures) => row(figures, '')),
  '',
  '| chunks at once | lines/s as chunks | lines/s searchable | ms a chunk more |',
  '|---|---|---|---|',
  ...ingest.map(
    ({ chunks, stored, searchable, more }) =>
      `| ${chunks} | ${Math.round(stored).toLocaleString('en')} | ${Math.round(searchable).toLocaleString('en')} | ${more.toFixed(2)} |`,
  ),
];
process.stdout.write(`${lines.join('\n')}\n`);
