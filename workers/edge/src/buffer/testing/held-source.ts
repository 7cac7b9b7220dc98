import { env } from 'cloudflare:workers';
import type { Envelope } from '@nexomatic/contracts/envelope';
import { newIngestId } from '@nexomatic/contracts/envelope';
import { answerFor } from '../../../testing/ask-stand-in.ts';
import type { ScriptedAnswer } from '../../../testing/stand-in-protocol.ts';

/** A new source, the object that holds its requests, and how the stand-in answers them. */
export async function heldSource(answer: ScriptedAnswer) {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  const sourceKeyHash = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  await answerFor(sourceKeyHash, answer);
  const buffer = env.SOURCE_BUFFERS.get(env.SOURCE_BUFFERS.idFromName(sourceKeyHash));
  return {
    sourceKeyHash,
    buffer,
    answer: (next: ScriptedAnswer) => answerFor(sourceKeyHash, next),
    /** Holds one request of these bytes and gives its ingest id. */
    async hold(body: string | Uint8Array = '{}'): Promise<string> {
      const envelope = envelopeOf(sourceKeyHash);
      const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
      const outcome = await buffer.hold(envelope, bytes, { onlyBehind: false });
      if (outcome !== 'held') throw new Error(`it was ${outcome}`);
      return envelope.ingestId;
    },
    /** How the index says that it stands; null when it holds nothing. */
    async status() {
      const index = env.BUFFER_INDEX.get(env.BUFFER_INDEX.idFromName('index'));
      return (await index.list()).find((one) => one.sourceKeyHash === sourceKeyHash) ?? null;
    },
  };
}

/** An envelope as a receiver makes it. */
export const envelopeOf = (sourceKeyHash: string, receivedAt = 1_700_000_000_000): Envelope => ({
  ingestId: newIngestId(),
  receivedAt,
  sourceKeyHash,
  contentType: 'application/json',
  remoteAddress: '192.0.2.7',
  headers: [['x-request', 'first']],
  settingsVersion: '3',
  secretId: null,
  held: false,
});
