import { parseArgs } from 'node:util';
import { sinkTransports } from '@nexomatic/contracts/sink-protocol';
import { makePipeline } from '@nexomatic/testkit/factories';
import { startChild } from '../children/start-child.ts';
import { openPrivateSite } from '../open-private-site.ts';
import { openLedger } from '../pipeline/ledger.ts';
import type { SenderCalls, SenderSettings } from '../pipeline/post-webhooks.ts';
import { startHub } from '../pipeline/start-hub.ts';
import { describePlatform } from '../report/platform.ts';
import { measureTransport } from './measure-transport.ts';

/** Measures what each way costs by which work reaches a sink. */

const usage = `usage: node packages/bench/src/transports/main.ts [options]
  --events N   events that wait when the agent starts, 5000 if not given
  --rounds N   rounds of each transport, taken in turn, 2 if not given
  --slots N    events that the agent runs at once, 64 if not given
  --help       this text`;

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '5000' },
    rounds: { type: 'string', default: '2' },
    slots: { type: 'string', default: '64' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(`${usage}\n`);
  process.exit(0);
}
const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** Name of the module that does nothing, in the sink. */
const module = 'bench.no-op';

await using stack = new AsyncDisposableStack();
say('starting a private database and Redis, and a hub');
const { folder, servers, database } = await openPrivateSite('transports', stack);
const { tenant, sinkToken, webhookKey } = await makePipeline(database, {
  sinkType: { runtime: 'CUSTOM' },
  action: { module },
  source: { settings: JSON.stringify({ limits: { perSecond: 100_000, burst: 100_000 } }) },
});
const hub = stack.use(await startHub(servers, { folder, nodeOptions: [] }));
const sender = stack.use(
  await startChild<SenderCalls>({
    name: 'sender',
    program: new URL('../pipeline/post-webhooks.ts', import.meta.url),
    settings: { url: `${hub.url}/h/${webhookKey}`, connections: 64 } satisfies SenderSettings,
    folder,
  }),
);
const ledger = openLedger(database.sql, tenant.id);
const sink = { hubUrl: hub.url, sinkToken, redisUrl: servers.redis.url, slots: Number(values.slots), module };

const lines = [
  `${describePlatform(servers).join(' · ')}; ${values.events} events wait; ${values.slots} slots`,
  '',
  '| transport | claims/s | events/s | agent idle MB | agent idle CPU |',
  '|---|---|---|---|---|',
];
for (let round = 1; round <= Number(values.rounds); round += 1) {
  for (const transport of sinkTransports) {
    say(`round ${round}: ${transport}`);
    const figures = await measureTransport(transport, { events: Number(values.events), folder, ledger, sender, sink });
    const rates = [figures.claimsPerSecond, figures.eventsPerSecond].map((rate) => Math.round(rate)).join(' | ');
    const idle = `${(figures.idleBytes / 2 ** 20).toFixed(0)} | ${(figures.idleCpu * 100).toFixed(2)} %`;
    lines.push(`| ${transport} ${round} | ${rates} | ${idle} |`);
  }
}
process.stdout.write(`${lines.join('\n')}\n`);
