import { parseArgs } from 'node:util';
import { proveWithTwoHubs } from '@nexomatic/hub/server/schedules/testing/open-proof';
import { openPrivateSite } from '../open-private-site.ts';
import { describePlatform } from '../report/platform.ts';
import { measureIdle } from './measure-idle.ts';
import { measureTicks } from './measure-ticks.ts';
import { idleReport, proofReport, tickReport } from './report.ts';

/** Kills hubs and Redis while many schedules are due and counts what became of each run; then what many schedules cost. */

const usage = `usage: node packages/bench/src/schedules/main.ts [options]
  --schedules N   schedules of every minute for two hubs, 50 if not given
  --fires N       minutes, each a step of the clock, 60 if not given
  --seed N        decides what is killed when, 1 if not given
  --many N        schedules that one hub holds to measure what they cost, 10000 if not given
  --only PART     proof, idle or ticks
  --help          this text`;

const { values } = parseArgs({
  options: {
    schedules: { type: 'string', default: '50' },
    fires: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    many: { type: 'string', default: '10000' },
    only: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(`${usage}\n`);
  process.exit(0);
}
const wants = (part: string): boolean => (values.only ?? part) === part;
const say = (text: string): void => void process.stderr.write(`${text}\n`);
const print = (lines: string[]): void => void process.stdout.write(`${lines.join('\n')}\n\n`);

await using stack = new AsyncDisposableStack();
say('starting a private database and Redis');
const { folder, servers, database } = await openPrivateSite('schedules', stack);
print([describePlatform(servers).join(' · ')]);
if (wants('proof')) {
  const [schedules, fires, seed] = [Number(values.schedules), Number(values.fires), Number(values.seed)];
  const site = { sql: database.sql, url: servers.database.url };
  const quietFires = Math.floor(fires / 5);
  const proved = await proveWithTwoHubs({ database: site, schedules, fires, quietFires, seed, say });
  print(proofReport(proved, schedules * fires));
}
if (wants('idle')) {
  const idle = { folder, sizes: [0, Number(values.many)] };
  print(idleReport(await measureIdle(servers, database, idle, say)));
}
if (wants('ticks')) {
  const sizes = [...new Set([10, 1_000, Number(values.many)])];
  print(tickReport(await measureTicks(servers, database, sizes, say)));
}
