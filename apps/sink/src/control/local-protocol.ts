import { createHash } from 'node:crypto';
import path from 'node:path';
import { idSchema } from '@nexomatic/contracts/id';
import { sinkTransports } from '@nexomatic/contracts/sink-protocol';
import * as z from 'zod';

/**
 * What is said between an agent and the commands of its own machine: one line of JSON each way over a socket that only the
 * agent's account can open. The connection stays open until the agent ends, so that a command can wait for that.
 */

export const localCommands = ['status', 'pause', 'resume', 'drain', 'reload'] as const;
export type LocalCommand = (typeof localCommands)[number];
export const localRequest = z.object({ command: z.enum(localCommands) });

export const localStatus = z.object({
  pid: z.int(),
  version: z.string(),
  hubUrl: z.string(),
  sink: z.object({ id: idSchema('sink'), name: z.string(), type: z.string() }),
  transport: z.enum(sinkTransports),
  upMs: z.int(),
  /** Whether the hub's standing stream is open, by which signals come. */
  connected: z.boolean(),
  paused: z.boolean(),
  /** Why it ends once nothing runs any more; null for one that stays. */
  leaving: z.enum(['drain', 'reset', 'kill', 'force_kill']).nullable(),
  /** It ends now, whatever for: what still runs gets the time that its settings give. */
  stopping: z.boolean(),
  slots: z.int(),
  slotsBusy: z.int(),
  /** What waits on the disk for the hub. */
  spool: z.object({ bytes: z.int(), full: z.boolean() }),
  /** What runs, oldest first. Its processes carry `NX_RUN_ID=<eventId>-<attempt>-…` in their environment. */
  events: z.array(
    z.object({
      eventId: idSchema('event'),
      attempt: z.int(),
      eventType: z.string(),
      module: z.string(),
      runningMs: z.int(),
      timeoutMs: z.int(),
      ending: z.boolean(),
    }),
  ),
});
export type LocalStatus = z.infer<typeof localStatus>;

export const localAnswer = z.union([
  z.object({
    ok: z.literal(true),
    status: localStatus,
    /** Of `pause` and `resume`: whether the hub has heard of it. It is told as soon as it can be. */
    told: z.boolean(),
  }),
  z.object({ ok: z.literal(false), message: z.string() }),
]);
export type LocalAnswer = z.infer<typeof localAnswer>;

/** Where an agent with that state folder listens: a socket in it, or a named pipe on Windows. */
export function localAddress(stateFolder: string): string {
  if (process.platform !== 'win32') return path.join(stateFolder, 'control.sock');
  const name = createHash('sha256').update(path.resolve(stateFolder).toLowerCase()).digest('hex').slice(0, 16);
  return `\\\\.\\pipe\\nexomatic-sink-${name}`;
}
