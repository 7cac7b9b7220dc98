import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Credential } from '@nexomatic/client/credential';
import { AgentError, exitCodes } from '../agent-error.ts';
import { readEnv, type SinkEnv } from '../env.ts';
import { createIdentityCredential } from '../identity/identity-credential.ts';
import { type Identity, readIdentity } from '../identity/identity-file.ts';
import { type Folders, usualFolders } from './folders.ts';
import { type GatheredSettings, type Given, gatherSettings, readConfigFile } from './settings.ts';

/** What the commands know of the machine that they run on. */
export interface Machine {
  folders: Folders;
  settings: GatheredSettings;
  /** Null when it has not joined. */
  identity: Identity | null;
  /** What an agent here would run with. Throws `SettingsError`. */
  env(): SinkEnv;
}

/** Reads everything that says who and what this sink is. `environment` is the process's. */
export function readMachine(
  environment: Record<string, string | undefined>,
  { dir, ...flags }: Given & { dir?: string | undefined } = {},
): Machine {
  const folders = usualFolders(environment, { dir });
  const identity = readIdentity(folders.config);
  const ownModules = path.join(folders.config, 'modules');
  const defaults: Given = {
    ...(identity ? { hubUrl: identity.hubUrl, stateDir: folders.state } : {}),
    ...(existsSync(ownModules) ? { modules: ownModules } : {}),
  };
  const settings = gatherSettings({ flags, environment, file: readConfigFile(folders.config), defaults });
  return {
    folders,
    settings,
    identity,
    env() {
      const credential = identity ? createIdentityCredential(folders.config, identity) : undefined;
      const outcome = readEnv(settings.environment, credential);
      if (!outcome.ok) throw new SettingsError(outcome.faults);
      return { ...outcome.env, ownFolders: [...outcome.env.ownFolders, folders.config] };
    },
  };
}

/** The settings are wrong; every fault is told. */
export class SettingsError extends AgentError {
  readonly faults: string[];
  constructor(faults: string[]) {
    super(exitCodes.configuration, faults.join('; '));
    this.faults = faults;
  }
}

/** The identity, or the refusal of what only a sink that has joined can do. */
export function expectJoined({ identity, folders }: Machine): Identity {
  if (identity) return identity;
  const text = `this machine has not joined a hub (there is no identity in ${folders.config}); run \`nexomatic-sink join\` with the line that the hub’s page “Add sink” shows, or name another folder with --dir`;
  throw new AgentError(exitCodes.notFound, text);
}

/** What the hub is asked with: the identity's access tokens, or a standing token from the settings. */
export function accessOf(machine: Machine): { hubUrl: string; token: string | Credential } {
  const { environment } = machine.settings;
  if (environment.NEXOMATIC_SINK_TOKEN || environment.NEXOMATIC_SINK_TOKEN_FILE) return machine.env();
  const identity = expectJoined(machine);
  return { hubUrl: identity.hubUrl, token: createIdentityCredential(machine.folders.config, identity) };
}
