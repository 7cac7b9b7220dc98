import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { SinkTransport } from '@nexomatic/contracts/sink-protocol';
import { startChild } from '../children/start-child.ts';
import { roundLimitMs } from '../contestant.ts';
import { microseconds } from '../measure/instant.ts';
import { readUsage } from '../measure/process-usage.ts';
import type { Ledger } from '../pipeline/ledger.ts';
import type { SenderCalls } from '../pipeline/post-webhooks.ts';
import type { SinkCalls, SinkSettings } from '../pipeline/run-sink.ts';

/** Long enough for several beats and several answers of a hub that has nothing to give. */
const idleMs = 15_000;

export interface TransportFigures {
  /** From the first claim to the last. */
  claimsPerSecond: number;
  /** From the first claim until all are SUCCESS in the database. */
  eventsPerSecond: number;
  /** Of the agent's process, once it has worked and has nothing to do. */
  idleBytes: number;
  /** Part of one processor that it uses then. */
  idleCpu: number;
}

/** Lets events pile up, starts an agent on them, waits until all are done, and watches the agent for a while after. */
export async function measureTransport(
  transport: SinkTransport,
  given: {
    events: number;
    folder: string;
    ledger: Ledger;
    sender: { ask(name: 'post', input: SenderCalls['post']['input']): Promise<SenderCalls['post']['output']> };
    sink: Omit<SinkSettings, 'transport' | 'stateFolder'>;
  },
): Promise<TransportFigures> {
  const { events, folder, ledger, sender } = given;
  const { statuses } = await sender.ask('post', { count: events });
  if (statuses['202'] !== events) throw new Error(`not all webhooks were accepted: ${JSON.stringify(statuses)}`);
  await using sink = await startChild<SinkCalls>({
    name: `sink-${transport}`,
    program: new URL('../pipeline/run-sink.ts', import.meta.url),
    settings: { ...given.sink, transport, stateFolder: join(folder, transport) } satisfies SinkSettings,
    folder,
  });
  const { firstStartedAt, lastStartedAt } = await sink.ask('handled', { total: events, withinMs: roundLimitMs });
  await ledger.settled(roundLimitMs);
  const settledAt = microseconds();

  await pause(idleMs);
  const [before, from] = [readUsage(sink.pid), microseconds()];
  await pause(idleMs);
  const [after, until] = [readUsage(sink.pid), microseconds()];
  const perSecond = (micros: number): number => events / (micros / 1_000_000);
  return {
    claimsPerSecond: perSecond(lastStartedAt - firstStartedAt),
    eventsPerSecond: perSecond(settledAt - firstStartedAt),
    idleBytes: after.residentBytes,
    idleCpu: (after.cpuMicros - before.cpuMicros) / (until - from),
  };
}
