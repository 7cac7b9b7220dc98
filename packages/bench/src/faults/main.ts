import { parseArgs } from 'node:util';
import { sinkTransports } from '@nexomatic/contracts/sink-protocol';
import { openPrivateSite } from '../open-private-site.ts';
import { startHub } from '../pipeline/start-hub.ts';
import { describePlatform } from '../report/platform.ts';
import { measureFaults } from './measure-faults.ts';

/** Measures what becomes of a sink when its links go dead, when it is revoked, frozen, or turned away. */

const usage = `usage: node packages/bench/src/faults/main.ts [options]
  --rounds N   rounds of each transport, taken in turn, 1 if not given; each takes about a minute and a half
  --help       this text`;

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '1' }, help: { type: 'boolean', default: false } },
});
if (values.help) {
  process.stdout.write(`${usage}\n`);
  process.exit(0);
}
const say = (text: string): void => void process.stderr.write(`${text}\n`);

await using stack = new AsyncDisposableStack();
say('starting a private database and Redis, and a hub');
const { folder, servers, database } = await openPrivateSite('faults', stack);
const hub = stack.use(await startHub(servers, { folder, nodeOptions: [] }));

const lines = [
  describePlatform(servers).join(' · '),
  '',
  '| transport | dead links | revoked: module | revoked: agent | overlap | denied: tries/s | denied: CPU |',
  '|---|---|---|---|---|---|---|',
];
const ms = (value: number): string => `${value.toFixed(0)} ms`;
for (let round = 1; round <= Number(values.rounds); round += 1) {
  for (const transport of sinkTransports) {
    say(`round ${round}: ${transport}`);
    const place = { database, hubUrl: hub.url, redisUrl: servers.redis.url, transport, folder };
    const { deniedTries, deniedCpu, ...spans } = await measureFaults(place);
    const times = [spans.halfOpenMs, spans.revokedModuleMs, spans.revokedAgentMs, spans.overlapMs].map(ms);
    const denied = [deniedTries.toFixed(2), `${(deniedCpu * 100).toFixed(2)} %`];
    lines.push(`| ${transport} ${round} | ${[...times, ...denied].join(' | ')} |`);
  }
}
process.stdout.write(`${lines.join('\n')}\n`);
