import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runLogged } from '../packages/cli/src/processes/run-logged.mjs';

const workspaceFolders = ['apps', 'workers', 'packages'];

/**
 * `pnpm install` when something that it reads has changed since the last time (lockfile, workspace settings, a
 * package.json, the runtime); nothing otherwise.
 *
 * @param {{root: string, steps: import('../packages/cli/src/steps.mjs').Steps, tools: import('./toolchain.mjs').Toolchain}} options
 */
export async function ensureInstalled({ root, steps, tools }) {
  const stampFile = join(root, 'node_modules', '.cache', 'nexomatic', 'install');
  const stamp = installStamp(root, tools);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;

  const step = steps.step('install', 'installing packages');
  try {
    const args = [
      tools.pnpm,
      'install',
      '--frozen-lockfile',
      '--reporter=append-only',
      '--config.confirmModulesPurge=false',
    ];
    await runLogged(tools.node, args, {
      what: 'Installing the packages with pnpm',
      logFile: join(root, '.nexomatic', 'log', 'install.log'),
      cwd: root,
      env: { ...tools.env, CI: '1' },
      fix: [
        'Check that npm reaches its registry:  npm ping',
        'Then run the command again: it continues where it stopped.',
      ],
      onLine: (line) => {
        const seen = /^Progress: resolved (\d+), reused (\d+), downloaded (\d+), added (\d+)/.exec(line);
        if (seen) step.detail(`${seen[4]} of ${seen[1]}`);
      },
    });
  } catch (error) {
    step.fail('not installed');
    throw error;
  }
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, stamp);
  step.done('packages as the lockfile says');
}

/** @param {string} root @param {import('./toolchain.mjs').Toolchain} tools */
function installStamp(root, tools) {
  const manifests = workspaceFolders.flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => join(folder, name, 'package.json')),
  );
  const hash = createHash('sha256').update(`${tools.nodeVersion} ${process.platform} ${process.arch}`);
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', ...manifests.sort()]) {
    if (existsSync(join(root, file))) hash.update(`\n${file}\n`).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}
