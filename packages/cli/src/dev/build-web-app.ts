import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runLogged } from '../processes/run-logged.mjs';
import type { Step, Steps } from '../steps.mjs';
import { childEnvironment, repositoryRoot } from './settings.ts';

/** What the built pages depend on, and the agent that they hand out. */
const sources = [
  'apps/hub/app',
  'apps/hub/public',
  'apps/hub/vite.config.ts',
  'apps/hub/package.json',
  'packages/contracts/src',
  'apps/sink/src',
  'apps/sink/runners',
  'apps/sink/packaging',
  'apps/sink/package.json',
  'packages/client/src',
  'packages/queue/src',
  'pnpm-lock.yaml',
];
const stampFile = join(repositoryRoot, 'node_modules/.cache/nexomatic/web-app');
const built = join(repositoryRoot, 'apps/hub/build/server/index.js');

/** Builds the dashboard when one of its sources has changed since the last time. */
export async function buildWebApp(steps: Steps, logFile: string, signal?: AbortSignal): Promise<void> {
  const stamp = sourceStamp();
  if (existsSync(built) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  await steps.during(
    'web app',
    'building the dashboard',
    (step) => build(step, logFile, signal),
    () => 'dashboard built',
  );
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, stamp);
}

function build(step: Step, logFile: string, signal: AbortSignal | undefined): Promise<void> {
  return runLogged('pnpm', ['--filter', '@nexomatic/hub', 'run', 'build'], {
    what: 'Building the dashboard',
    logFile,
    cwd: repositoryRoot,
    env: childEnvironment({ NODE_ENV: 'production', CI: '1' }),
    ...(signal ? { signal } : {}),
    onLine: (line) => {
      const seen = /^✓ (\d+ modules transformed)/.exec(line);
      if (seen?.[1]) step.detail(seen[1]);
    },
  });
}

function sourceStamp(): string {
  const hash = createHash('sha256').update(process.version);
  for (const source of sources) {
    for (const file of filesOf(join(repositoryRoot, source))) hash.update(`\n${file}\n`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

function filesOf(path: string): string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isDirectory()) return found ? [path] : [];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
