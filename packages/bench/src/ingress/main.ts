import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startProduct } from '@nexomatic/testkit/start-product';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { shareOf } from '../measure/spread.ts';
import { judgeVectors } from './judge-vectors.ts';
import { makeSignedSource } from './make-source.ts';
import { groupCpuMicros } from './process-group.ts';
import { sendAtRate } from './send-at-rate.ts';
import { startEmptyWorker } from './start-empty-worker.ts';

/** What a signed webhook costs: how long its sender waits, and what the edge computes for it. */

const usage = `usage: node packages/bench/src/ingress/main.ts [options]
  --seconds N   length of each run at a fixed rate, 20 if not given
  --rate N      requests a second, 200 if not given
  --flips N     changed bits that the signatures are tried with, 10000 if not given
  --help        this text`;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '20' },
    rate: { type: 'string', default: '200' },
    flips: { type: 'string', default: '10000' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(`${usage}\n`);
  process.exit(0);
}
const perSecond = Number(values.rate);
const requests = perSecond * Number(values.seconds);
const say = (text: string): void => void process.stderr.write(`${text}\n`);
const tell = (line: string): void => void process.stdout.write(`${line}\n`);
const body = JSON.stringify({ name: 'Ada', n: 1, text: 'x'.repeat(1_000) });

await using stack = new AsyncDisposableStack();
const scratch = mkdtempSync(join(tmpdir(), 'nexomatic-ingress-'));
stack.defer(() => rmSync(scratch, { recursive: true, force: true }));

say('judging vectors, changed bits and times');
const judged = await judgeVectors(Number(values.flips));
tell(
  `vectors judged rightly ${judged.vectors.right} of ${judged.vectors.all}; single-bit changes refused ${judged.flips.refused} of ${judged.flips.all}; times at the tolerance judged rightly ${judged.times.right} of ${judged.times.all}`,
);

say('starting the product');
const product = await startProduct();
stack.defer(() => product.discard());
const source = await makeSignedSource(product);
const headers = source.sign(body);
const { hub = 0, edge = 0 } = product.pids;

async function run(what: string, base: string, rate = { perSecond, requests }): Promise<number[]> {
  say(what);
  const { latencies, statuses } = await sendAtRate(new URL(source.path, base), { ...rate, body, headers });
  const ms = (share: number) => shareOf(latencies, share).toFixed(1);
  tell(
    `${what}: p50 ${ms(0.5)} ms, p95 ${ms(0.95)}, p99 ${ms(0.99)}, most ${ms(1)}; answers ${JSON.stringify(statuses)}`,
  );
  return latencies;
}

await run('to the hub, warming up', product.hubUrl, { perSecond, requests: perSecond * 3 });
await run('through the edge, warming up', product.edgeUrl, { perSecond, requests: perSecond * 3 });
await run(`to the hub, ${perSecond}/s`, product.hubUrl);
const before = groupCpuMicros(edge);
await run(`through the edge, ${perSecond}/s`, product.edgeUrl);
const edgeMicros = (groupCpuMicros(edge) - before) / requests;

say('the same to a Worker that does nothing');
{
  await using empty = await startEmptyWorker(scratch);
  await sendAtRate(empty.url, { perSecond, requests: perSecond * 3, body, headers });
  const start = groupCpuMicros(empty.pid);
  await sendAtRate(empty.url, { perSecond, requests, body, headers });
  const emptyMicros = (groupCpuMicros(empty.pid) - start) / requests;
  tell(`CPU a request: edge ${edgeMicros.toFixed(0)} µs, empty Worker ${emptyMicros.toFixed(0)} µs`);
}

say('with a hub that does not answer');
process.kill(hub, 'SIGSTOP');
let latencies: number[];
try {
  latencies = await run('through the edge, hub silent', product.edgeUrl, { perSecond: 50, requests: 500 });
} finally {
  process.kill(hub, 'SIGCONT');
}
tell(
  `of these, the first 5 at most ${Math.max(...latencies.slice(0, 5)).toFixed(0)} ms, from the 150th on p99 ${shareOf(latencies.slice(150), 0.99).toFixed(1)} ms`,
);

say('waiting until every accepted request is an event');
const expected = 2 * (requests + perSecond * 3) + 500;
await waitFor(async () => (await countAccepted()) === expected, {
  what: `${expected} accepted requests`,
  timeoutMs: 120_000,
  everyMs: 500,
});
tell(`${expected} answered, ${expected} accepted: none lost, none doubled`);

async function countAccepted(): Promise<number> {
  const response = await fetch(`${product.hubUrl}/api/v1/sources/${source.id}`, {
    headers: { authorization: `Bearer ${product.apiToken}` },
  });
  const { requestsLastDay } = (await response.json()) as { requestsLastDay: { accepted: number; duplicate: number } };
  return requestsLastDay.accepted;
}
