import { readFileSync } from 'node:fs';
import type { LogRecord, SinkRuntime } from '@nexomatic/contracts/sink-protocol';
import { AgentError, exitCodes } from '../agent-error.ts';
import { type OfflineResult, type OfflineRun, runModuleOffline } from '../runner/run-module-offline.ts';
import type { Machine } from './machine.ts';
import { differencesOf, readRecording, recordingOf, writeRecording } from './module-recording.ts';
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
  /** File to write down in what the module was given and what it made of that. */
  record?: string | undefined;
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
  const { runtime, result } = await runHere(machine, options.runtime, run);
  if (options.record !== undefined) {
    writeRecording(options.record, recordingOf({ ...run, runtime }, result));
    talk.say(`recorded in ${options.record}; compare with it by \`nexomatic-sink test --against ${options.record}\``);
  }
  tell(result, talk);
}

/** Runs a module as it was run when it was recorded; ends with 6 where it does not do the same. */
export async function testAgainst(machine: Machine, file: string, options: TestOptions, talk: Talk): Promise<void> {
  if (options.data !== undefined || options.params.length > 0 || options.record !== undefined) {
    const text = '--against takes payload and parameters from the file; leave out --data, --param and --record';
    throw new AgentError(exitCodes.usage, text);
  }
  const before = readRecording(file);
  const secrets = Object.fromEntries(options.secrets.map(readSecret));
  const missing = before.secrets.filter((key) => secrets[key] === undefined);
  if (missing.length > 0) {
    const text = `${file} was recorded with secrets: give ${missing.map((key) => `--secret ${key}=@FILE`).join(' ')}`;
    throw new AgentError(exitCodes.usage, text);
  }
  const { module, parameters } = before;
  const payload = Buffer.from(before.payload);
  const run = { module, payload, parameters, secrets, timeoutMs: options.timeoutSeconds * 1_000 };
  const { runtime, result } = await runHere(machine, before.runtime, run);
  const differences = differencesOf(before, recordingOf({ ...run, runtime }, result));
  const same = differences.length === 0;
  const text = same ? `${module} does what it did (${result.outcome.state})` : differences.join('\n');
  talk.result(text, { module, same, differences });
  if (!same) throw new AgentError(exitCodes.conflict, `${module} does not do what it did when ${file} was recorded`);
}

async function runHere(machine: Machine, asked: SinkRuntime | undefined, run: OfflineRun) {
  const { runtime, runner, close } = await openRunner(machine, asked);
  try {
    return { runtime, result: await runModuleOffline(runner, run) };
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
