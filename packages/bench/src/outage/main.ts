import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { freePort } from '@nexomatic/cli/infrastructure/free-port';
import { startDatabase } from '@nexomatic/cli/infrastructure/start-database';
import { startRedis } from '@nexomatic/cli/infrastructure/start-redis';
import { systemClock } from '@nexomatic/clock';
import { type Database, openDatabase } from '@nexomatic/db/database';
import { EventPayload } from '@nexomatic/db/entities/event-payload';
import { migrate } from '@nexomatic/db/migrate';
import { silentLogger } from '@nexomatic/logger';
import { endWithUs } from '@nexomatic/testkit/end-with-us';
import { makePipeline } from '@nexomatic/testkit/factories';
import { edgeKeyId, startEdge } from '@nexomatic/testkit/start-edge';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { startHub } from '../pipeline/start-hub.ts';
import { describePlatform } from '../report/platform.ts';
import { outageReport } from './figures.ts';
import { startSender } from './steady-sender.ts';

/** Kills the hub under a steady stream of signed webhooks, and the edge while the hub is away; counts what became of each. */

const usage = `usage: node packages/bench/src/outage/main.ts [options]
  --seconds N    how long the hub is away, 60 if not given
  --rate N       webhooks a second, 50 if not given
  --kills N      how often the edge is killed with -9 meanwhile, 2 if not given
  --hang         the hub is stopped in its tracks and does not answer, instead of being killed
  --help         this text`;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    rate: { type: 'string', default: '50' },
    kills: { type: 'string', default: '2' },
    hang: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(`${usage}\n`);
  process.exit(0);
}
const [seconds, rate, kills] = [Number(values.seconds), Number(values.rate), Number(values.kills)];
const say = (text: string): void => void process.stderr.write(`${text}\n`);
/** With the hub there, before and after. */
const aroundMs = 5_000;
/** After a start of the edge its senders come with all that they could not send meanwhile. */
const settleMs = 2_000;

await using stack = new AsyncDisposableStack();
const folder = mkdtempSync(join(tmpdir(), 'nexomatic-outage-'));
stack.defer(() => rmSync(folder, { recursive: true, force: true }));

say('starting a private database and Redis, a hub, and an edge in front of it');
const database = await startDatabase({ directory: join(folder, 'database') });
stack.defer(() => database.stop());
const redis = await startRedis({ directory: join(folder, 'redis'), appendOnly: true });
stack.defer(() => redis.stop());
stack.defer(endWithUs([database.pid, redis.pid], folder));
const db = await openDatabase({ url: database.url, logger: silentLogger, connections: 2 });
stack.defer(() => db.close());
await migrate(db, { mode: 'auto' });

const port = await freePort();
const keyHex = randomBytes(32).toString('hex');
const edge = await startEdge({ hubUrl: `http://127.0.0.1:${port}`, keyHex });
stack.use(edge);
const settings = {
  NEXOMATIC_KEYRING: randomBytes(32).toString('hex'),
  NEXOMATIC_EDGE_URL: edge.url,
  NEXOMATIC_EDGE_KEYS: `${edgeKeyId}:${keyHex}`,
};
const startAgain = () => startHub({ database, redis }, { folder, nodeOptions: [], port, settings });
let hub = await startAgain();
stack.defer(async () => hub[Symbol.asyncDispose]());
const pipeline = await makePipeline(db);
const source = await makeSource(hub.url, pipeline.apiToken, pipeline.eventType.id);

say(`sending ${rate} webhooks a second`);
const beganAt = systemClock.monotonic();
const since = () => systemClock.monotonic() - beganAt;
const sender = startSender({ url: edge.url + source.path, secret: source.secret, rate });
await pause(aroundMs);

say(`the hub ${values.hang ? 'hangs' : 'is killed'} for ${seconds} s`);
if (values.hang) process.kill(-hub.pid, 'SIGSTOP');
else await hub.kill();
const from = since();
const restarts: { from: number; until: number }[] = [];
for (let kill = 1; kill <= kills; kill++) {
  await pause(Math.max(0, from + (kill * seconds * 1_000) / (kills + 1) - since()));
  say(`killing the edge (${kill} of ${kills})`);
  const killedAt = since();
  await edge.killAndStart();
  restarts.push({ from: killedAt, until: since() + settleMs });
}
await pause(Math.max(0, from + seconds * 1_000 - since()));
const until = since();
if (values.hang) process.kill(-hub.pid, 'SIGCONT');
else hub = await startAgain();
const backAt = since();
say('the hub is back');
await pause(aroundMs);
const sent = await sender.stop();

const answered = sent.filter(({ status }) => status === 202 || status === 200).length;
await waitFor(async () => (await db.tenantEm(pipeline.tenant.id).count(EventPayload)) >= answered, {
  what: 'every webhook that was answered to become an event',
  timeoutMs: 180_000,
  everyMs: 200,
}).catch((error: unknown) => say(String(error)));
const drainedMs = since() - backAt;

const platform = describePlatform({ database, redis }).join(' · ');
process.stdout.write(
  `${platform}\n\n${outageReport(sent, await payloadsOf(db), { from, until, restarts, drainedMs })}`,
);

/** A webhook that takes only what is signed, and as much of it as comes. */
async function makeSource(hubUrl: string, token: string, eventTypeId: string) {
  const call = async (path: string, body: object) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const response = await fetch(`${hubUrl}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as Record<string, string>;
  };
  const verification = { scheme: 'standard_webhooks' };
  const limits = { perSecond: 10_000, burst: 10_000 };
  const made = await call('/sources', {
    name: 'outage',
    kind: 'WEBHOOK',
    eventTypeId,
    settings: { verification, limits },
  });
  const secret = await call(`/sources/${made.id}/secrets`, {});
  return { path: new URL(made.address ?? '').pathname, secret: secret.value ?? '' };
}

async function payloadsOf(of: Database): Promise<string[]> {
  const rows = await of.tenantEm(pipeline.tenant.id).find(EventPayload, {}, { orderBy: { eventId: 'asc' } });
  return rows.map(({ body }) => Buffer.from(body).toString());
}
