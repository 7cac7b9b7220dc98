import { readFileSync, writeFileSync } from 'node:fs';
import { sinkRuntimes } from '@nexomatic/contracts/sink-protocol';
import * as z from 'zod';
import { AgentError, exitCodes } from '../agent-error.ts';
import type { OfflineResult, OfflineRun } from '../runner/run-module-offline.ts';

/**
 * What a module was given and what it made of that, to compare a later run with. Payload, parameters and result are JSON texts,
 * so that numbers keep every digit. Secrets are named; their values are in no part of it.
 */
const moduleRecording = z.strictObject({
  format: z.literal(1),
  module: z.string(),
  runtime: z.enum(sinkRuntimes),
  payload: z.string(),
  parameters: z.record(z.string(), z.string()),
  secrets: z.array(z.string()),
  outcome: z.strictObject({
    state: z.enum(['SUCCESS', 'WARNING', 'ERROR']),
    reason: z.string().nullable(),
    message: z.string().nullable(),
    result: z.string(),
  }),
  records: z.array(
    z.strictObject({
      level: z.string(),
      message: z.string(),
      fields: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
  stdout: z.string(),
  /** For people: it holds paths and line numbers of one machine, and is not compared. */
  stderr: z.string(),
});
export type ModuleRecording = z.infer<typeof moduleRecording>;

/** A run as a recording, with `***` where a secret's value was. */
export function recordingOf(
  { runtime, ...run }: OfflineRun & Pick<ModuleRecording, 'runtime'>,
  { outcome, records, stdout, stderr }: OfflineResult,
): ModuleRecording {
  const { parameters = {}, secrets = {} } = run;
  const recording: ModuleRecording = {
    format: 1,
    module: run.module,
    runtime,
    payload: Buffer.from(run.payload ?? '{}').toString('utf8'),
    parameters,
    secrets: Object.keys(secrets).toSorted(),
    outcome: {
      state: outcome.state,
      reason: outcome.reason ?? null,
      message: outcome.message ?? null,
      result: outcome.resultJson ?? 'null',
    },
    records: records.map(({ level, message, fields }) => ({ level, message, ...(fields ? { fields } : {}) })),
    stdout,
    stderr,
  };
  return masked(recording, Object.values(secrets));
}

/** Every text of it without the values. A result is a JSON text, in which a value looks different. */
function masked(recording: ModuleRecording, values: string[]): ModuleRecording {
  const needles = values.flatMap((value) => [value, JSON.stringify(value).slice(1, -1)]).filter(Boolean);
  needles.sort((one, other) => other.length - one.length);
  const mask = (text: string): string => needles.reduce((left, needle) => left.replaceAll(needle, '***'), text);
  const { outcome, records, stdout, stderr } = recording;
  return {
    ...recording,
    payload: mask(recording.payload),
    parameters: Object.fromEntries(Object.entries(recording.parameters).map(([key, json]) => [key, mask(json)])),
    outcome: { ...outcome, message: outcome.message && mask(outcome.message), result: mask(outcome.result) },
    records: records.map((record) => JSON.parse(mask(JSON.stringify(record)))),
    stdout: mask(stdout),
    stderr: mask(stderr),
  };
}

export const writeRecording = (file: string, recording: ModuleRecording): void =>
  writeFileSync(file, `${JSON.stringify(recording, null, 2)}\n`);

/** The recording in a file, or the refusal of what is none. */
export function readRecording(file: string): ModuleRecording {
  try {
    return moduleRecording.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    const text = `${file} is no recording of a module (${reason}); make one with \`nexomatic-sink test MODULE --record ${file}\``;
    throw new AgentError(exitCodes.usage, text, { cause: error });
  }
}

/** In which way a run was different; nothing where it was the same. */
export function differencesOf(before: ModuleRecording, now: ModuleRecording): string[] {
  const facts = ({ outcome, records, stdout }: ModuleRecording): Record<string, unknown> => ({
    ...outcome,
    ...Object.fromEntries(records.map((record, at) => [`record ${at + 1}`, record])),
    stdout,
  });
  const [old, fresh] = [facts(before), facts(now)];
  return [...new Set([...Object.keys(old), ...Object.keys(fresh)])]
    .filter((name) => JSON.stringify(old[name]) !== JSON.stringify(fresh[name]))
    .map((name) => `${name}: was ${textOf(old[name])}, is ${textOf(fresh[name])}`);
}

const textOf = (value: unknown): string => (value === undefined ? 'not there' : JSON.stringify(value));
