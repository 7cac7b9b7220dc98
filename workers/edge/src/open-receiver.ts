import { forwardEnvelope } from '@nexomatic/client/forward-envelope';
import type { Clock } from '@nexomatic/clock';
import { type EdgeBuffer, forwardTimeoutMs } from './edge-buffer.ts';
import type { EdgeEnv } from './env.ts';
import type { ReceiveDeps } from './receive-webhook.ts';
import { createReportRefusals, sendRefusals } from './refusals/report-refusals.ts';
import { createAskHub } from './settings/ask-hub.ts';
import { createCachedSettings } from './settings/cached-settings.ts';
import { createOpenBox } from './settings/open-box.ts';
import type { StoredSettings } from './settings/stored-settings.ts';
import { createTokenBuckets } from './token-buckets.ts';

/** What an isolate keeps between requests, and what receiving one needs of it. */
export type Receiver = Pick<ReceiveDeps, 'settings' | 'buckets' | 'deliver' | 'onRefused'>;

interface Platform {
  clock: Clock;
  background(work: Promise<unknown>): void;
}

/** The parts of a Worker that receives for a hub. Without a buffer nothing is kept, neither settings nor requests. */
export function openReceiver(env: EdgeEnv, buffer: EdgeBuffer | null, { clock, background }: Platform): Receiver {
  const hub = { ...env, fetch, clock };
  return {
    settings: createCachedSettings({
      ask: createAskHub(hub),
      open: createOpenBox(env.key),
      stored: buffer?.storedSettings ?? nothingStored,
      hubAway: () => buffer?.hubAway() ?? false,
      background,
      clock,
    }),
    buckets: createTokenBuckets(clock.monotonic),
    deliver:
      buffer?.deliver ?? ((envelope, body) => forwardEnvelope({ ...hub, timeoutMs: forwardTimeoutMs }, envelope, body)),
    onRefused: createReportRefusals({ send: sendRefusals(hub), background, clock }),
  };
}

const nothingStored: StoredSettings = {
  read: () => Promise.resolve(null),
  write: () => Promise.resolve(),
};
