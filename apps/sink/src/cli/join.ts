import { systemClock } from '@nexomatic/clock';
import { type SinkLabels, sinkLabels } from '@nexomatic/contracts/sink-labels';
import { AgentError, exitCodes } from '../agent-error.ts';
import { createIdentityCredential } from '../identity/identity-credential.ts';
import { type Identity, keysToJoinWith, writeIdentity } from '../identity/identity-file.ts';
import { joinHub } from '../identity/join-hub.ts';
import { askHub } from './hub-failure.ts';
import { readJoinTarget } from './join-target.ts';
import type { Machine } from './machine.ts';
import { makeModulesFolder } from './sample-module.ts';
import { changeConfigFile, type Given } from './settings.ts';

export interface JoinOptions {
  hub?: string | undefined;
  name?: string | undefined;
  labels: string[];
  /** Kept in the config file for every later run. */
  settings: Given;
}

/** Makes this machine a sink: trades the join token for a place, and keeps what the agent needs from then on. */
export async function join(machine: Machine, target: string, options: JoinOptions): Promise<Identity> {
  const { hubUrl, token } = readJoinTarget(target, options.hub ?? machine.settings.environment.NEXOMATIC_HUB_URL);
  const { config } = machine.folders;
  expectSameHub(machine, hubUrl);
  const labels = readLabels(options.labels);
  const keys = keysToJoinWith(config, machine.identity);
  const { hub: _, ...joined } = await askHub(
    'join',
    hubUrl,
    joinHub({ hubUrl, token, keys, name: options.name, labels }),
  );
  const identity = { hubUrl, ...joined, joinedAt: new Date(systemClock.now()).toISOString(), keys };
  writeIdentity(config, identity);
  changeConfigFile(config, options.settings);
  if (!options.settings.modules) makeModulesFolder(config, joined.type.runtime);
  // What was written is what is used from here on: prove it.
  await askHub('access token', hubUrl, createIdentityCredential(config, identity).get());
  return identity;
}

function expectSameHub({ identity, folders }: Machine, hubUrl: string): void {
  if (!identity || identity.hubUrl === hubUrl) return;
  const text = `this machine is ${identity.name} of ${identity.hubUrl} already; leave first (\`nexomatic-sink leave\`), or give another folder than ${folders.config} with --dir`;
  throw new AgentError(exitCodes.conflict, text);
}

function readLabels(pairs: string[]): SinkLabels {
  const labels = pairs.map((pair) => [pair.split('=', 1)[0] ?? '', pair.slice(pair.indexOf('=') + 1)]);
  const parsed = sinkLabels.safeParse(Object.fromEntries(labels));
  if (pairs.every((pair) => pair.includes('=')) && parsed.success) return parsed.data;
  const [issue] = parsed.error?.issues ?? [];
  const text = `a label is key=value${issue ? `, and ${String(issue.path[0] ?? 'one')} ${issue.message}` : ''}`;
  throw new AgentError(exitCodes.usage, text);
}
