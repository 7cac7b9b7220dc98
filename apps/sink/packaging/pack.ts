import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/**
 * Packs the agent into a folder as `nexomatic-sink.tgz`. The hub hands that file out, so that a machine which joins gets the
 * agent of its hub's version and needs no registry:  node packaging/pack.ts FOLDER
 */
const [folder = 'dist'] = process.argv.slice(2);
const cwd = fileURLToPath(new URL('..', import.meta.url));

await mkdir(folder, { recursive: true });
const beside = await mkdtemp(path.join(folder, 'pack-'));
try {
  const { stdout } = await promisify(execFile)('pnpm', ['pack', '--json', '--pack-destination', path.resolve(beside)], {
    cwd,
  });
  const { filename } = JSON.parse(stdout.slice(stdout.indexOf('{')));
  await rename(path.resolve(beside, path.basename(filename)), path.join(folder, 'nexomatic-sink.tgz'));
} finally {
  await rm(beside, { recursive: true, force: true });
}
