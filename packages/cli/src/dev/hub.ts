import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runCaptured } from '../processes/run-captured.ts';
import { StepError } from '../steps.mjs';
import { type Component, startComponent } from './component.ts';
import { childEnvironment, repositoryRoot } from './settings.ts';
import type { StateFolder } from './state-folder.ts';

/** What the hub of a development run is given. */
export interface HubSettings {
  databaseUrl: string;
  redisUrl: string;
  port: number;
  hubUrl: string;
  edgeUrl: string;
  edgeKeysFile: string;
  keyringFile: string;
  archiveFolder: string;
}

/** What `seed-demo` says about the demo tenant. */
export interface Demo {
  tenant: string;
  apiToken: string;
  webhookKey: string;
  sinkId: string;
  sinkToken: string;
  loginToken: string;
}

const program = join(repositoryRoot, 'apps/hub/server/main.ts');

function hubEnvironment(hub: HubSettings, migrate: 'auto' | 'check'): NodeJS.ProcessEnv {
  return childEnvironment({
    DATABASE_URL: hub.databaseUrl,
    REDIS_URL: hub.redisUrl,
    NEXOMATIC_HOST: '127.0.0.1',
    NEXOMATIC_PORT: String(hub.port),
    NEXOMATIC_PUBLIC_URL: hub.hubUrl,
    NEXOMATIC_EDGE_URL: hub.edgeUrl,
    NEXOMATIC_EDGE_KEYS_FILE: hub.edgeKeysFile,
    NEXOMATIC_KEYRING_FILE: hub.keyringFile,
    NEXOMATIC_BLOB_FOLDER: hub.archiveFolder,
    NEXOMATIC_INSTANCE: 'development',
    NEXOMATIC_MIGRATE: migrate,
  });
}

/** Brings the schema up to date, under the hub's own lock; gives the number of migrations that were applied. */
export async function migrate(hub: HubSettings, state: StateFolder, signal: AbortSignal): Promise<number> {
  const output = await runCaptured(process.execPath, [program, 'migrate'], {
    what: 'Migrating the database',
    env: hubEnvironment(hub, 'auto'),
    logFile: state.logFile('migrate'),
    signal,
  });
  return Number(/"applied":(\d+)/.exec(output)?.[1] ?? 0);
}

/** Makes what is missing of the demo tenant. Its output holds tokens, so it goes to no log. */
export async function seedDemo(
  hub: HubSettings,
  state: StateFolder,
  credentials: string,
  signal: AbortSignal,
): Promise<Demo> {
  const output = await runCaptured(process.execPath, [program, 'seed-demo', '--credentials', credentials], {
    what: 'Seeding the demo tenant',
    env: hubEnvironment(hub, 'check'),
    logFile: state.logFile('seed-demo'),
    signal,
  });
  const line = output.split('\n').find((text) => text.includes('"apiToken"'));
  if (!line || !existsSync(credentials)) throw new StepError('Seeding the demo tenant gave no credentials.');
  return JSON.parse(line) as Demo;
}

export function startHub(hub: HubSettings, state: StateFolder): Component {
  return startComponent({
    name: 'hub',
    args: [program, 'serve'],
    env: hubEnvironment(hub, 'check'),
    state,
    stopWithinMs: 30_000,
  });
}
