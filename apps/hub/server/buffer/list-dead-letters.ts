import type { DeadLetter } from '@nexomatic/contracts/edge-protocol';
import { maskedHeader } from '@nexomatic/contracts/envelope';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import type { DeadLetterView, listDeadLettersInput } from '@nexomatic/contracts/request-api';
import type { Database } from '@nexomatic/db/database';
import type * as z from 'zod';
import { findSource } from '../sources/read-sources.ts';
import { EdgeUnreachable } from './ask-edge.ts';
import type { EdgeBuffer } from './edge-buffer.ts';

interface Deps {
  db: Database;
  edgeBuffer: EdgeBuffer;
}

/** A page of the requests of a source that the edge held and the hub would not have, those that came first before others. */
export async function listDeadLetters(
  { db, edgeBuffer }: Deps,
  tenantId: Id<'tenant'>,
  { source, limit, cursor }: z.infer<typeof listDeadLettersInput>,
): Promise<{ deadLetters: DeadLetterView[]; nextCursor: string | null }> {
  const sourceKeyHash = await heldUnder(db, tenantId, source);
  if (sourceKeyHash === null) return { deadLetters: [], nextCursor: null };
  const call = { sourceKeyHash, limit, ...(cursor === undefined ? {} : { after: cursor }) };
  const deadLetters = await orUnavailable(() => edgeBuffer.deadLetters(call));
  const last = deadLetters.length === limit ? deadLetters.at(-1) : undefined;
  return { deadLetters: deadLetters.map(showDeadLetter), nextCursor: last?.ingestId ?? null };
}

/** The name under which an edge holds requests of this source; null for a source that has no address. */
export async function heldUnder(db: Database, tenantId: Id<'tenant'>, id: Id<'source'>): Promise<string | null> {
  const { keyHash } = await findSource(db.tenantEm(tenantId), id);
  return keyHash ? Buffer.from(keyHash).toString('hex') : null;
}

/** That the edge does not answer is no fault of whoever asks. */
export async function orUnavailable<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof EdgeUnreachable)) throw error;
    throw new NexomaticError('unavailable', `The edge does not answer this hub: ${error.message}.`, { cause: error });
  }
}

function showDeadLetter(one: DeadLetter): DeadLetterView {
  const { ingestId, code, detail, tries, contentType, remoteAddress, bodyBytes } = one;
  const bytes = Buffer.from(one.body, 'base64');
  const complete = bytes.byteLength === bodyBytes;
  const text = textOf(bytes, complete ? 0 : 3);
  return {
    ...{ ingestId, code, detail, tries, contentType, remoteAddress, bodyBytes },
    receivedAt: new Date(one.receivedAt).toISOString(),
    refusedAt: new Date(one.refusedAt).toISOString(),
    headers: one.headers.map(([name, value]) => ({ name, value, masked: value === maskedHeader })),
    body: { text, base64: text === null ? one.body : null, complete },
  };
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Null for what is not UTF-8. A body that was cut off may end within a character, so many bytes of which are left out. */
function textOf(bytes: Uint8Array, mostCut: number): string | null {
  for (let cut = 0; cut <= mostCut; cut++) {
    try {
      return decoder.decode(bytes.subarray(0, bytes.byteLength - cut));
    } catch {
      // Tried again without its last byte.
    }
  }
  return null;
}
