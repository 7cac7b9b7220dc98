import { forwardEnvelope } from '@nexomatic/client/forward-envelope';
import type { Clock } from '@nexomatic/clock';
import { checkReady } from '../check-ready.ts';
import { type EdgeBuffer, forwardTimeoutMs } from '../edge-buffer.ts';
import type { EdgeEnv } from '../env.ts';
import { answerHub, isHubCall } from './answer-hub.ts';
import { createDeliverOrHold } from './deliver-or-hold.ts';
import { createHubBreaker } from './hub-breaker.ts';

/** The Durable Objects that wrangler.jsonc binds. */
export type BufferObjects = Pick<Cloudflare.Env, 'SOURCE_BUFFERS' | 'BUFFER_INDEX'>;

interface Platform {
  clock: Clock;
  background(work: Promise<unknown>): void;
}

/** What one isolate needs to hand requests on, and to hold them while the hub is away. */
export function openBuffer(env: EdgeEnv, objects: BufferObjects, { clock, background }: Platform): EdgeBuffer {
  const { SOURCE_BUFFERS: buffers, BUFFER_INDEX: index } = objects;
  const breaker = createHubBreaker(clock);
  const bufferOf = (sourceKeyHash: string) => buffers.get(buffers.idFromName(sourceKeyHash));
  return {
    deliver: createDeliverOrHold({
      forward: (envelope, body) => forwardEnvelope({ ...env, fetch, timeoutMs: forwardTimeoutMs }, envelope, body),
      askHub: async () => (await checkReady(env.hubUrl, fetch)).ready,
      ...{ buffers, breaker, clock, background },
    }),
    storedSettings: {
      read: async (sourceKeyHash) => bufferOf(sourceKeyHash).readSettings(),
      write: async (sourceKeyHash, sealed) => bufferOf(sourceKeyHash).writeSettings(sealed),
    },
    hubAway: () => breaker.isOpen,
    answerHub: (request, path) =>
      isHubCall(path) ? answerHub(request, path, { key: env.key, buffers, index, clock }) : null,
  };
}
