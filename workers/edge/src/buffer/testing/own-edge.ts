import { env, waitUntil } from 'cloudflare:workers';
import { systemClock } from '@nexomatic/clock';
import { inject } from 'vitest';
import { edgeKeyHex, edgeKeyId } from '../../../testing/shared-key.ts';
import { createEdge, type Edge } from '../../edge.ts';
import { openBuffer } from '../open-buffer.ts';

/**
 * The Worker as a new isolate has it: what it learns of the hub it keeps to itself, while the Worker under test is shared by all
 * tests. Durable Objects are the same for all. It finds its hub at the address that is given, or at the stand-in.
 */
export function ownEdge({ hubUrl = inject('hubUrl'), keyId = edgeKeyId, keyHex = edgeKeyHex } = {}): Edge & {
  post(sourceKey: string, body?: BodyInit): Promise<Response>;
} {
  const platform = { clock: systemClock, background: waitUntil };
  const edge = createEdge(
    { HUB_URL: hubUrl, EDGE_KEY_ID: keyId, EDGE_KEY: keyHex },
    { ...platform, openBuffer: (read) => openBuffer(read, env, platform) },
  );
  return {
    ...edge,
    post: (sourceKey, body = '{}') =>
      edge.fetch(new Request(`https://edge.test/h/${sourceKey}`, { method: 'POST', body })),
  };
}
