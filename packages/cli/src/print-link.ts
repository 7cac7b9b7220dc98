import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keptKeyring } from './dev/keyring.ts';
import type { RunFile } from './dev/run-file.ts';
import { childEnvironment, repositoryRoot } from './dev/settings.ts';
import { openStateFolder, type StateFolder } from './dev/state-folder.ts';
import { env } from './env.ts';

const hub = join(repositoryRoot, 'apps/hub/server/main.ts');

/**
 * Runs a command of the hub that prints a link, with the settings of the instance in the state folder while one is ready, and
 * otherwise with those of this environment, as the hub itself is given them. Gives its exit code.
 */
export function printLink(command: string[], stateDir: string): number {
  const ready = join(stateDir, 'run.json');
  const settings = existsSync(ready) ? settingsOf(openStateFolder(stateDir)) : env;
  return spawnSync(process.execPath, [hub, ...command], { env: settings, stdio: 'inherit' }).status ?? 1;
}

/** The log goes to the same place as the link, so only what is wrong is let through. */
function settingsOf(state: StateFolder): NodeJS.ProcessEnv {
  const { database, redis, hubUrl } = JSON.parse(readFileSync(state.runFile, 'utf8')) as RunFile;
  return {
    ...childEnvironment({
      DATABASE_URL: database,
      REDIS_URL: redis,
      NEXOMATIC_PUBLIC_URL: hubUrl,
      NEXOMATIC_KEYRING_FILE: keptKeyring(state),
    }),
    NEXOMATIC_LOG_LEVEL: 'error',
  };
}
