import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { createMasker } from '@nexomatic/redaction/masker';

/** How much output can be masked, and what it costs to prepare for it. In processor time, so that other work counts little. */

const usage = `usage: node packages/bench/src/masking/main.ts [options]
  --megabytes N  output for each figure, 64 if not given
  --json         figures as JSON
  --help         this text`;

const { values: options } = parseArgs({
  options: {
    megabytes: { type: 'string', default: '64' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  process.stdout.write(`${usage}\n`);
  process.exit(0);
}

const chunkBytes = 64 * 1024;
const line =
  '2026-11-25T22:00:00.123Z INFO request 8f3a2b done in 12 ms status=200 path=/api/v1/events?limit=50 user=ada\n';

/** What processes write: lines of a log; one long line of base64; lines of which each holds a secret. */
const outputs: Record<string, (secret: string) => string> = {
  lines: () => line,
  base64: () => randomBytes(48 * 1024).toString('base64'),
  leaking: (secret) => line.replace('ada', secret || 'ada'),
};

const secretsOf = (count: number): string[] => Array.from({ length: count }, () => randomBytes(30).toString('base64'));

/** Milliseconds of processor time. */
function timed(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

const chunksOf = (text: string): Buffer =>
  Buffer.from(text.repeat(Math.ceil(chunkBytes / text.length))).subarray(0, chunkBytes);

function measure(count: number) {
  const secrets = secretsOf(count);
  const values = secrets.map((secret) => Buffer.from(secret));
  const prepare = timed(() => createMasker(values));
  const masker = createMasker(values);
  const rates = Object.entries(outputs).map(([name, textOf]) => {
    const chunk = chunksOf(textOf(secrets[0] ?? ''));
    const stream = masker.openStream();
    const rounds = Math.ceil((Number(options.megabytes) * 1e6) / chunkBytes);
    const ms = timed(() => {
      for (let round = 0; round < rounds; round += 1) stream.push(chunk);
    });
    return [name, (rounds * chunkBytes) / 1e3 / Math.max(ms, 0.001)] as const;
  });
  return { secrets: count, prepareMs: prepare, mbPerSecond: Object.fromEntries(rates) };
}

// Once for nothing, so that all of it runs compiled.
measure(3);
const figures = [0, 1, 20, 200].map(measure);

if (options.json) process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
else {
  process.stdout.write(
    `secrets  prepare ms${Object.keys(outputs)
      .map((name) => `${name} MB/s`.padStart(16))
      .join('')}\n`,
  );
  for (const { secrets, prepareMs, mbPerSecond } of figures) {
    const rates = Object.values(mbPerSecond).map((rate) => (rate > 1e5 ? 'at once' : rate.toFixed(0)).padStart(16));
    process.stdout.write(`${String(secrets).padStart(7)}${prepareMs.toFixed(1).padStart(12)}${rates.join('')}\n`);
  }
}
