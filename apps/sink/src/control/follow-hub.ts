import { setTimeout as sleep } from 'node:timers/promises';
import type { Credential } from '@nexomatic/client/credential';
import { followStream } from '@nexomatic/client/follow-stream';
import { retryWaitMs } from '@nexomatic/client/keep-trying';
import { type SignalMessage, signalMessage } from '@nexomatic/contracts/signal-api';
import type { Logger } from '@nexomatic/logger';

/** A sink that is turned away makes other calls too: all of them together are to be less than one a second. */
const longestWaitMs = 12_000;

export interface FollowHubOptions {
  hubUrl: string;
  token: string | Credential;
  logger: Logger;
  signal: AbortSignal;
  onMessage(message: SignalMessage): void;
  /** Whether a stream is open just now. */
  onConnected(connected: boolean): void;
}

/**
 * Keeps a stream to the hub open on which it says what this sink is to do. Whatever ends it, a refusal too, another is opened:
 * the calls that this sink makes every few seconds are the ones that find out that it is let in no more.
 */
export async function followHub(options: FollowHubOptions): Promise<void> {
  const { hubUrl: url, token, signal, logger, onMessage, onConnected } = options;
  let failures = 0;
  while (!signal.aborted) {
    try {
      const stream = followStream<unknown>({ url, token, fetch, procedure: 'sink.signals', input: {}, signal });
      for await (const item of stream) {
        onConnected(true);
        if (item.kind !== 'data') continue;
        failures = 0;
        const parsed = signalMessage.safeParse(item.data);
        if (parsed.success) onMessage(parsed.data);
        else logger.warn({ error: parsed.error.message }, 'signal.unknown');
      }
    } catch (error) {
      if (!signal.aborted)
        logger.debug({ error: error instanceof Error ? error.message : String(error) }, 'signals.lost');
    }
    onConnected(false);
    failures += 1;
    await sleep(retryWaitMs(failures, { longestMs: longestWaitMs }), undefined, { signal, ref: false }).catch(
      () => undefined,
    );
  }
}
