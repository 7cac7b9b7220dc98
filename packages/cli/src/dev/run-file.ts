import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { StateFolder } from './state-folder.ts';

/** `run.json`: everything that a script needs to drive a running development instance. It is there while one is ready. */
export interface RunFile {
  hubUrl: string;
  edgeUrl: string;
  tenant: string;
  apiToken: string;
  webhookUrl: string;
  /** Signs in once. */
  dashboardUrl: string;
  sinkId: string;
  database: string;
  redis: string;
  versions: Record<string, string>;
  pids: Record<string, number>;
}

/** Whole or not at all, and readable by its owner only: it holds tokens and passwords. */
export function writeRunFile(state: StateFolder, run: RunFile): void {
  const partial = `${state.runFile}.${process.pid}`;
  writeFileSync(partial, `${JSON.stringify(run, null, 2)}\n`, { mode: 0o600 });
  renameSync(partial, state.runFile);
}

/** The run file, undefined while nothing is ready. */
export function readRunFile(state: StateFolder): RunFile | undefined {
  try {
    return JSON.parse(readFileSync(state.runFile, 'utf8')) as RunFile;
  } catch {
    return undefined; // none is written, or it was removed just now
  }
}

export function removeRunFile(state: StateFolder): void {
  rmSync(state.runFile, { force: true });
}
