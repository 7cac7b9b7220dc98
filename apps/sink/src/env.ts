import { readFileSync, statSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import type { Credential } from '@nexomatic/client/credential';
import {
  type IsolationProfile,
  isolationProfiles,
  type SinkTransport,
  sinkTransports,
} from '@nexomatic/contracts/sink-protocol';
import * as z from 'zod';
import { type ModuleLimits, readLimits } from './runner/module-limits.ts';
import type { PythonStart } from './runner/python.ts';
import { type PassedEnvironment, passedEnvironment } from './runner/spawn-runner.ts';

/** Everything the sink takes from its environment. Tuning constants stay in the code that uses them. */
export interface SinkEnv {
  hubUrl: string;
  /** A standing token, or what access tokens come from. */
  token: string | Credential;
  transport: SinkTransport;
  /** For the transport `direct`. */
  redisUrl: string | undefined;
  /** Folders that modules are looked up in, absolute. */
  moduleRoots: string[];
  /** A file that defines a sink in TypeScript; then no other modules are run. Absolute. */
  sinkFile: string | undefined;
  /** Interpreter, or the folder of a virtual environment; found if not set. */
  python: string | undefined;
  /** How attempts of Python modules get their process. */
  pythonStart: PythonStart;
  /** What each module's process may use. */
  limits: ModuleLimits;
  /** How each module's process is kept apart from this machine. */
  isolation: IsolationProfile;
  /** Attempts at once. */
  slots: number;
  logLevel: string;
  /** Holds the working folders of attempts, and what waits for the hub. */
  stateFolder: string;
  /** Folders that are the agent's own: its state, its identity. */
  ownFolders: string[];
  /** Log that waits for the hub may take this much of the disk. */
  spoolBytes: number;
  /** How long running attempts may go on once the sink was told to stop. */
  drainMs: number;
  /** Whether end-to-end secrets are shared with sinks that were approved at the hub. */
  shareSecrets: boolean;
  /** What modules see of this environment. */
  passed: PassedEnvironment;
}

export type EnvOutcome = { ok: true; env: SinkEnv } | { ok: false; faults: string[] };

/** Settings that may hold a password or token; each can also come from the file that `NAME_FILE` names. */
const secretNames = ['NEXOMATIC_SINK_TOKEN', 'REDIS_URL'] as const;

const url = (protocols: string[], example: string): z.ZodType<string, string> =>
  z
    .string({ error: `is not set; give for example ${example}` })
    .refine((text) => protocols.includes(URL.parse(text)?.protocol ?? ''), {
      error: `is not a ${protocols.join(' or ')} URL; give for example ${example}`,
    });

const wholeNumber = (least: number, most: number) =>
  z.coerce
    .number({ error: `is not a number; give one from ${least} to ${most}` })
    .int({ error: `is not a whole number; give one from ${least} to ${most}` })
    .min(least, { error: `must be from ${least} to ${most}` })
    .max(most, { error: `must be from ${least} to ${most}` });

const folders = z
  .string({ error: `is not set; give the folders that hold your modules, joined by "${path.delimiter}"` })
  .transform((text) =>
    text
      .split(path.delimiter)
      .filter(Boolean)
      .map((folder) => path.resolve(folder)),
  )
  .superRefine((roots, context) => {
    for (const root of roots) {
      if (!isFolder(root)) context.addIssue({ code: 'custom', message: `names ${root}, which is not a folder` });
    }
  });

const limits = z
  .string()
  .default('')
  .transform((text, context) => {
    try {
      return readLimits(text);
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
      return z.NEVER;
    }
  });

const schema = z.object({
  NEXOMATIC_HUB_URL: url(['http:', 'https:'], 'http://127.0.0.1:4600').transform((text) => text.replace(/\/+$/, '')),
  NEXOMATIC_SINK_TOKEN: z
    .string()
    .regex(/^nxs_[A-Za-z0-9_-]{43}$/, { error: 'is not a sink token: nxs_ and 43 characters' })
    .optional(),
  NEXOMATIC_TRANSPORT: z
    .enum(sinkTransports, { error: `must be one of ${sinkTransports.join(', ')}` })
    .default('gateway'),
  REDIS_URL: url(['redis:', 'rediss:'], 'redis://127.0.0.1:6379').optional(),
  NEXOMATIC_MODULES: folders,
  NEXOMATIC_SINK_FILE: z.string().optional(),
  NEXOMATIC_PYTHON: z.string().optional(),
  NEXOMATIC_PYTHON_START: z.enum(['fork', 'spawn'], { error: 'must be fork or spawn' }).default('fork'),
  NEXOMATIC_LIMITS: limits,
  NEXOMATIC_ISOLATION: z
    .enum(isolationProfiles, { error: `must be one of ${isolationProfiles.join(', ')}` })
    .default('none'),
  NEXOMATIC_SLOTS: wholeNumber(1, 10_000).default(4),
  NEXOMATIC_LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
      error: 'must be one of trace, debug, info, warn, error, fatal, silent',
    })
    .default('info'),
  NEXOMATIC_STATE_DIR: z.string().default(() => path.join(tmpdir(), `nexomatic-sink-${userInfo().username}`)),
  NEXOMATIC_SPOOL_MB: wholeNumber(1, 1_000_000).default(256),
  NEXOMATIC_DRAIN_SECONDS: wholeNumber(0, 86_400).default(60),
  NEXOMATIC_SHARE_SECRETS: z.enum(['0', '1'], { error: 'must be 0 or 1' }).default('1'),
});

/** The environment of this process; settings from elsewhere are laid over and under it. */
export const ownEnvironment = (): Record<string, string | undefined> => ({ ...process.env });

const noToken =
  'NEXOMATIC_SINK_TOKEN is not set, and this machine has not joined a hub; run `nexomatic-sink join`, or give the token of this sink (nxs_…) or NEXOMATIC_SINK_TOKEN_FILE';

/**
 * Reads the environment once, at boot. Every fault is listed, each with the setting's name and what to do. `credential`: what
 * a sink that has joined is known by; a token in the environment stands above it.
 */
export function readEnv(source: Record<string, string | undefined>, credential?: Credential): EnvOutcome {
  const { values, faults } = withFiles(source);
  const parsed = schema.safeParse(values);
  const hasToken = values.NEXOMATIC_SINK_TOKEN ?? source.NEXOMATIC_SINK_TOKEN_FILE ?? credential;
  if (!hasToken) faults.push(noToken);
  if (!parsed.success || faults.length > 0) {
    for (const { path: at, message } of parsed.error?.issues ?? []) {
      const name = String(at[0]);
      // What can't be read is not missing as well.
      if (!faults.some((fault) => fault.startsWith(`${name} `) && fault.includes('_FILE')))
        faults.push(`${name} ${message}`);
    }
    return { ok: false, faults };
  }
  const settings = parsed.data;
  const token = settings.NEXOMATIC_SINK_TOKEN ?? credential;
  if (!token) return { ok: false, faults: [noToken] };
  return {
    ok: true,
    env: {
      hubUrl: settings.NEXOMATIC_HUB_URL,
      token,
      transport: settings.NEXOMATIC_TRANSPORT,
      redisUrl: settings.REDIS_URL,
      moduleRoots: settings.NEXOMATIC_MODULES,
      sinkFile: settings.NEXOMATIC_SINK_FILE && path.resolve(settings.NEXOMATIC_SINK_FILE),
      python: settings.NEXOMATIC_PYTHON,
      pythonStart: settings.NEXOMATIC_PYTHON_START,
      limits: settings.NEXOMATIC_LIMITS,
      isolation: settings.NEXOMATIC_ISOLATION,
      slots: settings.NEXOMATIC_SLOTS,
      logLevel: settings.NEXOMATIC_LOG_LEVEL,
      stateFolder: path.resolve(settings.NEXOMATIC_STATE_DIR),
      ownFolders: [path.resolve(settings.NEXOMATIC_STATE_DIR)],
      spoolBytes: settings.NEXOMATIC_SPOOL_MB * 1024 * 1024,
      drainMs: settings.NEXOMATIC_DRAIN_SECONDS * 1_000,
      shareSecrets: settings.NEXOMATIC_SHARE_SECRETS === '1',
      passed: passedEnvironment(source),
    },
  };
}

/** An empty setting counts as one that is not set, as in most process managers. */
function withFiles(source: Record<string, string | undefined>) {
  const values: Record<string, string | undefined> = {};
  const faults: string[] = [];
  for (const name of Object.keys(schema.shape)) values[name] = source[name] || undefined;
  for (const name of secretNames) {
    const file = source[`${name}_FILE`];
    if (!file) continue;
    if (values[name]) {
      faults.push(`${name} and ${name}_FILE are both set; keep one of them`);
      continue;
    }
    try {
      values[name] = readFileSync(file, 'utf8').trim();
    } catch (error) {
      const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
      faults.push(
        `${name} can not be read: ${name}_FILE names ${file} (${reason}); make that file readable for the sink`,
      );
    }
  }
  return { values, faults };
}

function isFolder(folder: string): boolean {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
