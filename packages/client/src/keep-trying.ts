import { setTimeout as sleep } from 'node:timers/promises';
import { HubError, toHubError } from './hub-error.ts';

const firstWaitMs = 100;
const longestWaitMs = 5_000;

export interface KeepTryingOptions {
  /** Name of the call, for messages. */
  call: string;
  /** Once aborted, a failed try is not followed by another. A try under way is never cut off: the hub may act on it. */
  stop: AbortSignal;
  /** Told of each failed try that will be repeated. */
  onRetry(error: HubError): void;
}

/**
 * Repeats an idempotent call until it succeeds, is refused for good, or `stop` is aborted. Waits 0.1 s, doubling to
 * 5 s, each shortened by up to a half at random, so that a hub coming back is not met by all its sinks at once.
 */
export async function keepTrying<T>(attempt: (number: number) => Promise<T>, options: KeepTryingOptions): Promise<T> {
  const { call, stop, onRetry } = options;
  for (let number = 1; ; number += 1) {
    try {
      return await attempt(number);
    } catch (error) {
      const hubError = toHubError(call, error);
      if (hubError.kind !== 'retryable') throw hubError;
      if (!stop.aborted) {
        onRetry(hubError);
        await pause(retryWaitMs(number), stop);
      }
      if (stop.aborted)
        throw new HubError('gave_up', `${hubError.message}; gave up because of stopping`, { cause: error });
    }
  }
}

/** How long to wait after that many failures in a row. */
export function retryWaitMs(failures: number, { random = Math.random, longestMs = longestWaitMs } = {}): number {
  const whole = Math.min(firstWaitMs * 2 ** Math.min(failures - 1, 16), longestMs);
  return Math.round(whole * (0.5 + random() / 2));
}

async function pause(ms: number, stop: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal: stop });
  } catch (error) {
    if (!stop.aborted) throw error;
  }
}
