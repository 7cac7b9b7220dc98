import * as z from 'zod';
import { logLevels } from './sink-protocol.ts';

/**
 * How the agent talks to the process that runs one attempt, in any language. The process has two pipes more than usual;
 * both carry JSON, one object per line, UTF-8:
 *
 * - file descriptor 3, agent → runner: one `start` line, and later perhaps one `cancel` line. The agent keeps the pipe
 *   open; its end means that the agent is gone, and the runner must end its own process group.
 * - file descriptor 4, runner → agent: any number of `log`, `progress` and `warn` lines, then one `result` or `error`.
 *
 * Where processes can't be given further descriptors (Windows), `NX_CHANNEL` in the environment names a pipe to connect
 * to instead, which carries both directions.
 *
 * stdout and stderr belong to the module and are kept raw. Exit code 0 without a `result` line is success with a
 * null result; any other exit code without an `error` line is an ERROR with reason `exit_code`.
 *
 * The same for people, with an example: apps/sink/runners/README.md.
 */
export const runnerStartSchema = z.object({
  type: z.literal('start'),
  eventId: z.string(),
  eventType: z.string(),
  attempt: z.int().positive(),
  rootId: z.string(),
  traceId: z.string(),
  /** Import path of the callable or of a module that has `run`. */
  module: z.string(),
  /** Folders that modules are looked up in; nothing else is importable as a module. */
  moduleRoots: z.array(z.string()),
  /** The payload's exact bytes, base64. */
  payloadBase64: z.string(),
  contentType: z.string(),
  /** Parameter values as JSON text by key. */
  parameters: z.record(z.string(), z.string()),
  /** Values of the secrets that the module may read, by key. */
  secrets: z.record(z.string(), z.string()),
});
export type RunnerStart = z.infer<typeof runnerStartSchema>;

/**
 * What the agent says. `cancel`: the module should come to an end now; it is ended by force some seconds later. On POSIX
 * systems SIGTERM says the same to all processes of the group.
 */
export type AgentMessage = RunnerStart | { type: 'cancel' };

export const runnerMessageSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('log'),
    level: z.enum(logLevels),
    message: z.string(),
    fields: z.record(z.string(), z.unknown()).optional(),
  }),
  /** The attempt ends as WARNING if it ends well. */
  z.object({ type: z.literal('warn'), message: z.string(), fields: z.record(z.string(), z.unknown()).optional() }),
  /** `fraction` from 0 to 1. */
  z.object({ type: z.literal('progress'), fraction: z.number(), text: z.string().optional() }),
  /** `json` is the result's JSON text, kept as the runner wrote it. */
  z.object({ type: z.literal('result'), json: z.string() }),
  z.object({
    type: z.literal('error'),
    reason: z.enum(['exception', 'module_not_found', 'result_invalid']),
    message: z.string(),
    /** Text for the log, for example a traceback. */
    detail: z.string().optional(),
  }),
]);
export type RunnerMessage = z.infer<typeof runnerMessageSchema>;
