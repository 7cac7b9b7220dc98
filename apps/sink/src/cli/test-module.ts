import { readFileSync } from 'node:fs';
import type { LogRecord, SinkRuntime } from '@nexomatic/contracts/sink-protocol';
import { AgentError, exitCodes } from '../agent-error.ts';
import { type OfflineResult, runModuleOffline } from '../runner/run-module-offline.ts';
import type { Machine } from './machine.ts';
import { openRunner } from './open-runners.ts';
import type { Talk } from './talk.ts';

export interface TestOptions {
  /** JSON, `@file`, or `-` for stdin. */
  data?: string | undefined;
  params: string[];
  /** `key=@file`, or `key=-` for stdin: never in the clear, because arguments are seen by everybody on the machine. */
  secrets: string[];
  timeoutSeconds: number;
  runtime?: SinkRuntime | undefined;
}

/** Runs a module as an event would, without a hub; ends with 9 where the event would end in ERROR, 10 in WARNING. */
export async function testModule(machine: Machine, module: string, options: TestOptions, talk: Talk): Promise<void> {
  const run = {
    module,
    payload: Buffer.from(readText(options.data ?? '{}', '--data')),
    parameters: Object.fromEntries(options.params.map(readParameter)),
    secrets: Object.fromEntries(options.secrets.map(readSecret)),
    timeoutMs: options.timeoutSeconds * 1_000,
  };
  const { runner, close } = await openRunner(machine, options.runtime);
  try {
    const result = await runModuleOffline(runner, run);
    tell(result, talk);
  } finally {
    await close();
  }
}

function tell({ outcome, records, stdout, stderr, ms }: OfflineResult, talk: Talk): void {
  for (const record of records) talk.say(lineOf(record));
  if (stdout) talk.say(stdout.trimEnd());
  if (stderr) talk.say(stderr.trimEnd());
  const { state, message, reason, resultJson } = outcome;
  const text = [`${state} in ${ms} ms`, reason, message].filter(Boolean).join(' – ');
  const result = resultJson ?? 'null';
  talk.result(`${text}\n${result}`, {
    state,
    reason,
    message,
    result: JSON.parse(result),
    ms,
    records,
    stdout,
    stderr,
  });
  if (state === 'ERROR')
    throw new AgentError(exitCodes.endedInError, `the event would end in ERROR: ${message ?? reason}`);
  if (state === 'WARNING') throw new AgentError(exitCodes.endedInWarning, `the event would end in WARNING: ${message}`);
}

const lineOf = ({ level, message, fields }: LogRecord): string =>
  [level.padEnd(5), message, fields && JSON.stringify(fields)].filter(Boolean).join(' ');

/** A value that is no JSON is a text. */
function readParameter(pair: string): [string, string] {
  const [key, value] = split(pair, '--param');
  try {
    JSON.parse(value);
    return [key, value];
  } catch {
    return [key, JSON.stringify(value)];
  }
}

function readSecret(pair: string): [string, string] {
  const [key, from] = split(pair, '--secret');
  if (from === '-' || from.startsWith('@')) return [key, readText(from, '--secret').replace(/\r?\n$/, '')];
  const text = `--secret ${key}: give ${key}=@FILE or ${key}=- for stdin; everybody on this machine can see arguments`;
  throw new AgentError(exitCodes.usage, text);
}

function split(pair: string, flag: string): [string, string] {
  const at = pair.indexOf('=');
  if (at < 1) throw new AgentError(exitCodes.usage, `${flag} ${pair}: give key=value`);
  return [pair.slice(0, at), pair.slice(at + 1)];
}

function readText(text: string, flag: string): string {
  if (text !== '-' && !text.startsWith('@')) return text;
  try {
    return readFileSync(text === '-' ? 0 : text.slice(1), 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AgentError(exitCodes.usage, `${flag}: ${reason}`, { cause: error });
  }
}
