import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What a development run keeps between starts, and who may read it: nobody but its owner. */
export interface StateFolder {
  root: string;
  log: string;
  runFile: string;
  supervisorPid: string;
  logFile(name: string): string;
  pidFile(component: ComponentName): string;
  /** A file of this run that holds keys or tokens. */
  secretFile(name: string): string;
}

/** Our own processes, in the order in which they are stopped. */
export const componentNames = ['edge', 'sink', 'hub'] as const;
export type ComponentName = (typeof componentNames)[number];

export function openStateFolder(folder: string): StateFolder {
  const root = resolve(folder);
  const log = join(root, 'log');
  const pids = join(root, 'pids');
  const secrets = join(root, 'secrets');
  for (const path of [root, log, pids, secrets]) mkdirSync(path, { recursive: true, mode: 0o700 });
  return {
    root,
    log,
    runFile: join(root, 'run.json'),
    supervisorPid: join(root, 'supervisor.pid'),
    logFile: (name) => join(log, `${name}.log`),
    pidFile: (component) => join(pids, `${component}.pid`),
    secretFile: (name) => join(secrets, name),
  };
}
