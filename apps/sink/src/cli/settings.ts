import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { nearestName } from '@nexomatic/contracts/nearest-name';
import { AgentError, exitCodes } from '../agent-error.ts';
import { writePrivateFile } from '../identity/private-file.ts';

/** Settings as the config file and flags name them, and the variables that they are in an environment. */
export const settingVariables = {
  hubUrl: 'NEXOMATIC_HUB_URL',
  transport: 'NEXOMATIC_TRANSPORT',
  redisUrl: 'REDIS_URL',
  modules: 'NEXOMATIC_MODULES',
  sinkFile: 'NEXOMATIC_SINK_FILE',
  python: 'NEXOMATIC_PYTHON',
  pythonStart: 'NEXOMATIC_PYTHON_START',
  limits: 'NEXOMATIC_LIMITS',
  isolation: 'NEXOMATIC_ISOLATION',
  slots: 'NEXOMATIC_SLOTS',
  logLevel: 'NEXOMATIC_LOG_LEVEL',
  stateDir: 'NEXOMATIC_STATE_DIR',
  drainSeconds: 'NEXOMATIC_DRAIN_SECONDS',
  shareSecrets: 'NEXOMATIC_SHARE_SECRETS',
} as const;
export type SettingName = keyof typeof settingVariables;
export const settingNames = Object.keys(settingVariables) as SettingName[];

export type Given = Partial<Record<SettingName, string | undefined>>;
type Origin = 'flag' | 'environment' | 'config file' | 'default';
type Environment = Record<string, string | undefined>;

/** What was set, as an environment, and where each setting came from. */
export interface GatheredSettings {
  environment: Environment;
  origins: Record<SettingName, Origin>;
}

/** A flag beats the environment, which beats the config file. */
export function gatherSettings(given: {
  flags: Given;
  environment: Environment;
  file: Given;
  defaults: Given;
}): GatheredSettings {
  const environment = { ...given.environment };
  const origins = settingNames.map((name): [SettingName, Origin] => {
    const variable = settingVariables[name];
    if (given.flags[name] !== undefined) {
      environment[variable] = given.flags[name];
      environment[`${variable}_FILE`] = undefined;
      return [name, 'flag'];
    }
    if (environment[variable] || environment[`${variable}_FILE`]) return [name, 'environment'];
    environment[variable] = given.file[name] ?? given.defaults[name];
    return [name, given.file[name] === undefined ? 'default' : 'config file'];
  });
  return { environment, origins: Object.fromEntries(origins) as Record<SettingName, Origin> };
}

const configFile = (folder: string): string => path.join(folder, 'config.json');

/** The settings in a config folder; none where there is no file. */
export function readConfigFile(folder: string): Given {
  const file = configFile(folder);
  if (!existsSync(file)) return {};
  const settings = parse(file);
  for (const [name, value] of Object.entries(settings)) {
    if (!isSettingName(name)) throw unknownSetting(name, file);
    if (typeof value !== 'string') throw new AgentError(exitCodes.configuration, `${file}: ${name} is not a text`);
  }
  return settings;
}

/** Changes settings in the file; null takes one out. */
export function changeConfigFile(folder: string, changes: Partial<Record<SettingName, string | null | undefined>>) {
  const settings = { ...readConfigFile(folder), ...changes };
  const kept = Object.entries(settings).filter(([, value]) => value !== null && value !== undefined);
  writePrivateFile(configFile(folder), `${JSON.stringify(Object.fromEntries(kept), null, 2)}\n`);
}

/** The name, or the refusal of one that is none, with the nearest. */
export function settingName(name: string): SettingName {
  if (isSettingName(name)) return name;
  throw unknownSetting(name);
}

const isSettingName = (name: string): name is SettingName => name in settingVariables;

function unknownSetting(name: string, file?: string): AgentError {
  const text = `${file ? `${file}: ` : ''}${name} is not a setting; did you mean ${nearestName(name, settingNames)}?`;
  return new AgentError(file ? exitCodes.configuration : exitCodes.usage, text);
}

function parse(file: string): object {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof value === 'object' && value !== null) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new AgentError(exitCodes.configuration, `${file} is not a JSON object; mend it, or remove it and set anew`);
}
