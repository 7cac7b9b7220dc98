import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { env } from '../env.ts';
import { StepError } from '../steps.mjs';

/** The folder that holds the repository. */
export const repositoryRoot = resolve(import.meta.dirname, '../../../..');

/** What the command line and the environment say about a development run. */
export interface DevSettings {
  port: number;
  edgePort: number;
  stateDir: string;
  /** Nobody looks on: no welcome, and no line for each change of an event. */
  background: boolean;
}

export const defaults = { port: 4600, edgePort: 4601, stateDir: resolve(repositoryRoot, '.nexomatic') };

/** A setting that holds a password: given by its name, or in the file that `NAME_FILE` names. */
export function secretSetting(name: 'DATABASE_URL' | 'REDIS_URL'): string | undefined {
  const value = env[name];
  const file = env[`${name}_FILE`];
  if (value && file) throw new StepError(`${name} and ${name}_FILE are both set.`, { fix: ['Keep one of them.'] });
  return file ? readFileSync(file, 'utf8').trim() : value || undefined;
}

/**
 * The environment of a child: ours without settings that were meant for this command or left behind by npm, and with
 * exactly those settings that it is given.
 */
export function childEnvironment(settings: Record<string, string>): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !/^(?:npm_|NEXOMATIC_|DATABASE_URL|REDIS_URL)/.test(name));
  const level = env.NEXOMATIC_LOG_LEVEL;
  return { ...Object.fromEntries(kept), ...(level ? { NEXOMATIC_LOG_LEVEL: level } : {}), ...settings };
}
