import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startDatabase } from '@nexomatic/cli/infrastructure/start-database';
import { startRedis } from '@nexomatic/cli/infrastructure/start-redis';
import { systemClock } from '@nexomatic/clock';
import { openDatabase } from '@nexomatic/db/database';
import { migrate } from '@nexomatic/db/migrate';
import { silentLogger } from '@nexomatic/logger';
import { endWithUs } from '@nexomatic/testkit/end-with-us';
import { startHub } from '../pipeline/start-hub.ts';
import { describePlatform } from '../report/platform.ts';
import { explainWalks } from './explain-walks.ts';
import { listQueries } from './list-queries.ts';
import { measureLists } from './measure-lists.ts';
import { seedEvents } from './seed-events.ts';

/** Measures how long the hub takes for pages of its list of events, on a database of many. */

const usage = `usage: node packages/bench/src/lists/main.ts [options]
  --folder DIR   keeps the database there and uses it again; a temporary one that is removed when left out
  --events N     events of the measured tenant, 1000000 if not given; another tenant gets a tenth of it
  --rounds N     requests for each query, 40 if not given
  --help         this text`;

const { values } = parseArgs({
  options: {
    folder: { type: 'string' },
    events: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '40' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(`${usage}\n`);
  process.exit(0);
}
const say = (text: string): void => void process.stderr.write(`${text}\n`);

await using stack = new AsyncDisposableStack();
const scratch = mkdtempSync(join(tmpdir(), 'nexomatic-lists-'));
stack.defer(() => rmSync(scratch, { recursive: true, force: true }));
const folder = resolve(values.folder ?? join(scratch, 'database'));
mkdirSync(folder, { recursive: true });

say('starting a private database and Redis');
const database = await startDatabase({ directory: folder });
stack.defer(() => database.stop());
const redis = await startRedis({ directory: join(scratch, 'redis'), appendOnly: false });
stack.defer(() => redis.stop());
stack.defer(endWithUs([database.pid, redis.pid], scratch));
const db = await openDatabase({ url: database.url, logger: silentLogger, connections: 2 });
stack.defer(() => db.close());
await migrate(db, { mode: 'auto' });

const nowMs = systemClock.now();
const noteFile = join(folder, `events-${values.events}.json`);
const tenant = await seedEvents(db, { total: Number(values.events), endMs: nowMs, noteFile }, say);
const hub = stack.use(await startHub({ database, redis }, { folder: scratch, nodeOptions: [] }));
const [order] = await db.sql.query<{ value: string }>(
  'SELECT value FROM event_search_values WHERE number IS NOT NULL LIMIT 1',
);
const queries = listQueries(tenant, order?.value ?? '');
const rounds = { rounds: Number(values.rounds), nowMs };
const figures = await measureLists({ url: hub.url, token: tenant.apiToken }, queries, rounds, say);

const lines = [
  `${describePlatform({ database, redis }).join(' · ')}; ${Number(values.events).toLocaleString('en')} events`,
  '',
];
lines.push('| list | query | rows | p50 ms | p95 ms | most ms | plan |', '|---|---|---|---|---|---|---|');
for (const [at, { name, q, rows, paused, p50, p95, max }] of figures.entries()) {
  const query = queries[at];
  const plan = query ? await explainWalks(db.sql, tenant.id, query) : '';
  const found = paused ? `${rows}, paused` : String(rows);
  const ms = [p50, p95, max].map((one) => one.toFixed(1)).join(' | ');
  lines.push(`| ${name} | \`${q}\` | ${found} | ${ms} | ${plan} |`);
}
process.stdout.write(`${lines.join('\n')}\n`);
