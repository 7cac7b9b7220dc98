import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openPrivateSite, type PrivateSite } from '../open-private-site.ts';
import { startHub } from '../pipeline/start-hub.ts';
import { describePlatform } from '../report/platform.ts';
import { archiveReport, measureArchive } from './measure-archive.ts';
import { ingestReport, measureIngest } from './measure-ingest.ts';
import { measureSearch } from './measure-search.ts';
import { measureSizes, sizeReport } from './measure-sizes.ts';
import { measureTail, tailReport } from './measure-tail.ts';
import { measureView, viewReport } from './measure-view.ts';

/** Measures what logs cost: to write, to follow, to keep, to read and to search. Each part has a database of its own. */

const usage = `usage: node packages/bench/src/logs/main.ts [options]
  --only PART    ingest, tail, archive, sizes, view or search; all of them if not given
  --seconds N    how long each case of ingest writes, 5 if not given
  --lines N      lines that each case of tail follows, 300 if not given
  --records N    records of the tenant over two weeks to search, 10000000 if not given: some 6 GB of disk while it runs
  --rounds N     requests for each query, and moves of each kind in the page of a log, 20 if not given
  --pool MB      memory of the database for pages, to search, 2048 if not given
  --help         this text`;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    seconds: { type: 'string', default: '5' },
    lines: { type: 'string', default: '300' },
    records: { type: 'string', default: '10000000' },
    rounds: { type: 'string', default: '20' },
    pool: { type: 'string', default: '2048' },
    help: { type: 'boolean', default: false },
  },
});

const say = (text: string): void => void process.stderr.write(`${text}\n`);

const parts: Record<string, (site: PrivateSite, stack: AsyncDisposableStack) => Promise<string[]>> = {
  async ingest({ folder, servers, database }, stack) {
    const hub = stack.use(await startHub(servers, { folder, nodeOptions: [] }));
    return ingestReport(await measureIngest(database, hub, Number(values.seconds), say));
  },
  async tail({ folder, servers, database }, stack) {
    const settings = { NEXOMATIC_KEYRING: randomBytes(32).toString('hex') };
    const open = async (name: string) => {
      mkdirSync(join(folder, name));
      return stack.use(await startHub(servers, { folder: join(folder, name), nodeOptions: [], settings }));
    };
    const hubs = [await open('one'), await open('two')] as const;
    return tailReport(await measureTail(database, hubs, { folder, lines: Number(values.lines) }, say));
  },
  async archive(site) {
    return archiveReport(await measureArchive(site, say));
  },
  async sizes(site, stack) {
    return sizeReport(await measureSizes(site, stack, say));
  },
  async view(site, stack) {
    return viewReport(await measureView(site, Number(values.rounds), stack, say));
  },
  search: (site) =>
    measureSearch(
      site,
      { records: Number(values.records), rounds: Number(values.rounds), poolMegabytes: Number(values.pool) },
      say,
    ),
};

if (values.help || (values.only !== undefined && !Object.hasOwn(parts, values.only))) {
  process.stdout.write(`${usage}\n`);
  process.exit(values.help ? 0 : 2);
}
for (const [name, measure] of Object.entries(parts)) {
  if ((values.only ?? name) !== name) continue;
  say(`${name}: starting a private database and Redis`);
  await using stack = new AsyncDisposableStack();
  const site = await openPrivateSite(`logs-${name}`, stack);
  const lines = await measure(site, stack);
  process.stdout.write(
    `${[`${name} · ${describePlatform(site.servers).join(' · ')}`, '', ...lines, '', ''].join('\n')}`,
  );
}
