import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { systemClock } from '@nexomatic/clock';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { describePlatform } from '../report/platform.ts';
import { breakStore, faultOf } from './break-store.ts';
import { countKept, outageReport, readAll } from './figures.ts';
import { keepReading } from './keep-reading.ts';
import { keepWriting } from './keep-writing.ts';
import { openOutageSite } from './open-outage-site.ts';

/** Takes the blob store away while logs are written, read and due for the archive, kills hubs in the midst of uploads, and counts lines. */

const usage = `usage: node packages/bench/src/archive-outage/main.ts [options]
  --seconds N   how long the store is away, 120 if not given; hubs try again up to a quarter of an hour later
  --every MS    time between two events that write a log, 3000 if not given
  --kills N     hubs that are killed with -9 halfway through an upload, 4 if not given
  --help        this text`;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '120' },
    every: { type: 'string', default: '3000' },
    kills: { type: 'string', default: '4' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(`${usage}\n`);
  process.exit(0);
}
const beganAt = systemClock.monotonic();
const secondsSince = (from: number): number => (systemClock.monotonic() - from) / 1_000;
const say = (text: string): void => void process.stderr.write(`${secondsSince(beganAt).toFixed(0)} s: ${text}\n`);
const aroundMs = 30_000;
/** A hub that was killed holds the turn for two minutes, and the store is tried a quarter of an hour apart. */
const settledWithinMs = 20 * 60_000;

await using stack = new AsyncDisposableStack();
const restarts: Promise<void>[] = [];
say('starting a database, Redis, a store that speaks S3, a hub and an agent');
const site = await openOutageSite((hub) => {
  if (restarts.length >= Number(values.kills)) return;
  say(`hub ${hub.name} is killed halfway through an upload`);
  restarts.push(hub.killAndStart());
}, stack);
await site.hubs[0].start();
await site.startAgent();

const writer = keepWriting(site, Number(values.every));
await waitFor(() => writer.done.length >= 10, { what: 'ten logs to be old', timeoutMs: 300_000 });
say('two hubs archive them');
await site.startAnew();
await waitFor(async () => (await countKept(site)).archived >= 10, {
  what: 'ten logs to be archived',
  timeoutMs: 60_000,
});
const reader = keepReading(site, writer);
await pause(aroundMs);

const { told } = await breakStore(site, Number(values.seconds), say);
const backAt = systemClock.monotonic();
const kills = restarts.length;
await Promise.all(restarts);
say(`the store is back; ${(await countKept(site)).hotLogs} logs are hot`);
await waitFor(async () => (await faultOf(site)) === null, {
  what: 'hubs to find that the store is back',
  timeoutMs: settledWithinMs,
  everyMs: 500,
});
const recoveredSeconds = secondsSince(backAt);
say('hubs archive again');
await pause(aroundMs);
await writer.stop();
say('nothing more is written; both hubs are killed once more');
await site.startAnew();
await waitFor(async () => (await countKept(site)).hotChunks === 0, {
  what: 'all logs to be archived',
  timeoutMs: settledWithinMs,
  everyMs: 1_000,
}).catch((error: unknown) => say(String(error)));
const drainedSeconds = secondsSince(backAt);
const reads = await reader.stop();
say(`reading ${writer.done.length} logs by each hub`);
const read = await readAll(site, writer.done);
const figures = { seconds: Number(values.seconds), kills, told, recoveredSeconds, drainedSeconds, reads, writer, read };
process.stdout.write(
  `${describePlatform(site.servers).join(' · ')}\n\n${outageReport(figures, await countKept(site))}\n`,
);
