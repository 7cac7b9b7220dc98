import { setTimeout as sleep } from 'node:timers/promises';
import type { SinkClient } from '@nexomatic/client/sink-client';
import type { LeaseKeeper } from './leases/keep-leases.ts';
import { graceMs } from './runner/end-process-group.ts';
import type { Slots } from './slots.ts';
import type { Delivery } from './spool/delivery.ts';
import type { Transport } from './transport/transport.ts';

/** What ending a module, sending the last of its log and handing it back may take. */
const handBackMs = graceMs + 5_000;
const lastTryMs = 6_000;
/** Closing a connection to a Redis that does not answer is not worth more. */
const closeMs = 3_000;

export interface StopAgentDeps {
  hub: Pick<SinkClient, 'stopClaiming' | 'stopTrying'>;
  transport: Transport;
  delivery: Pick<Delivery, 'drained' | 'close'>;
  leases: LeaseKeeper;
  slots: Slots;
  /** How long what runs may go on … */
  drainMs: number;
  /** … unless this ends the waiting for it; modules still get their time to end. */
  impatient: AbortSignal;
  /** Ends every waiting. */
  hurry: AbortSignal;
  /** This sink is let in no more: what it has open is cut, and nobody answers when it says goodbye. */
  isShutOut: boolean;
}

/**
 * Stops without losing anything, in steps that each may take only so long: no more tickets; running attempts finish;
 * what is left is ended and handed back; what the hub can't be told is left to its lease.
 */
export async function stopAgent({
  hub,
  transport,
  delivery,
  leases,
  slots,
  drainMs,
  impatient,
  hurry,
  isShutOut,
}: StopAgentDeps): Promise<void> {
  hub.stopClaiming();
  await transport.pause();
  const idle = slots.idle();

  await Promise.race([idle, waitUnless(AbortSignal.any([impatient, hurry]), drainMs)]);
  for (const attempt of leases.running) attempt.end('stopping');
  await Promise.race([idle, waitUnless(hurry, handBackMs)]);
  for (const attempt of leases.running) attempt.end('stopping', 'at_once');
  await Promise.race([idle, sleep(lastTryMs, undefined, { ref: false })]);
  hub.stopTrying();
  await Promise.race([idle, sleep(lastTryMs, undefined, { ref: false })]);

  await Promise.race([delivery.drained(), waitUnless(hurry, lastTryMs)]);
  await delivery.close();
  const closed = transport.close().catch(() => undefined);
  if (!isShutOut) await Promise.race([closed, sleep(closeMs, undefined, { ref: false })]);
}

async function waitUnless(signal: AbortSignal, ms: number): Promise<void> {
  try {
    await sleep(ms, undefined, { signal, ref: false });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
