import type { PrivateServer } from '@nexomatic/cli/infrastructure/private-server';
import { type ProcessUsage, readUsage } from './measure/process-usage.ts';
import type { Spread } from './measure/spread.ts';

/** Both contestants stand on the same servers. */
export interface Servers {
  database: PrivateServer;
  redis: PrivateServer;
}

/** What one process used during a round. */
export interface RoundUsage {
  cpuMicros: number;
  /** The most memory it has had since it began. */
  peakBytes: number;
}

export interface Round {
  /** From the first event sent until all are finished. */
  seconds: number;
  /** By name of the process; what is compared. */
  processes: Record<string, RoundUsage>;
  /** Stands for the senders out there, so it is reported apart; null where there is none. */
  loadGenerator: RoundUsage | null;
  /** Sent to the database by others than the harness; null for a contestant without database. */
  sqlStatements: number | null;
}

/** Milliseconds with one event at a time: from sending until … */
export interface Idle {
  /** … the first line of the handler. */
  start: Spread;
  /** … the sender had its answer. */
  answer: Spread | null;
  /** … SUCCESS was read in the database. */
  success: Spread | null;
}

/** Whoever takes part: bare BullMQ, or the pipeline. Every round fails if an event was lost or came twice. */
export interface Contestant {
  /** Lets just-in-time compilers and buffers settle. */
  warmUp(count: number): Promise<void>;
  round(count: number): Promise<Round>;
  /** `pause` is waited for before each event. */
  idle(count: number, pause: () => Promise<void>): Promise<Idle>;
}

/** A round that takes longer has lost something. */
export const roundLimitMs = 180_000;

/** Starts to watch these processes; `since` gives what each has used from then on. */
export function usageOf(pids: Record<string, number>): { since(): Record<string, RoundUsage> } {
  const before = Object.entries(pids).map(([name, pid]): [string, number, ProcessUsage] => [name, pid, readUsage(pid)]);
  return {
    since: () =>
      Object.fromEntries(
        before.map(([name, pid, { cpuMicros }]) => {
          const now = readUsage(pid);
          return [name, { cpuMicros: now.cpuMicros - cpuMicros, peakBytes: now.peakBytes }];
        }),
      ),
  };
}
