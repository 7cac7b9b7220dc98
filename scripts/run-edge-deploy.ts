import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

/**
 * `npm run edge:deploy`: builds the Worker, holds its size to the limit, and deploys it with the account that wrangler is signed in
 * to. `-- --dry-run` ends before the deployment and needs no account; all other arguments go to wrangler.
 */
const root = resolve(import.meta.dirname, '..');
const edge = join(root, 'workers/edge');
const bundle = join(root, '.nexomatic/edge-bundle');
/** An isolate that starts cold has to load all of it before its first answer. */
const mostBytes = 40 * 1024;

const wrangler = createRequire(join(edge, 'package.json')).resolve('wrangler/package.json');
const entry = join(dirname(wrangler), 'wrangler-dist/cli.js');
const quiet = { WRANGLER_SEND_METRICS: 'false', WRANGLER_WRITE_LOGS: 'false', WRANGLER_HIDE_BANNER: 'true' };

function deploy(...args: string[]): void {
  const { status } = spawnSync(process.execPath, ['--no-warnings', entry, 'deploy', '--minify', ...args], {
    cwd: edge,
    env: { ...process.env, ...quiet },
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}

deploy('--dry-run', '--outdir', bundle);
const size = gzipSync(readFileSync(join(bundle, 'worker.js')), { level: 9 }).byteLength;
const told = `The Worker is ${(size / 1024).toFixed(1)} KiB gzip; it may be ${mostBytes / 1024}.`;
if (size > mostBytes) {
  process.stderr.write(`${told} Look at what it imports: .nexomatic/edge-bundle/worker.js.\n`);
  process.exit(1);
}
process.stdout.write(`${told}\n`);
const args = process.argv.slice(2);
if (!args.includes('--dry-run')) deploy(...args);
