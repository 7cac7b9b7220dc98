import type { Id } from '@nexomatic/contracts/id';
import type { settleDeadLettersInput } from '@nexomatic/contracts/request-api';
import type { Database } from '@nexomatic/db/database';
import type * as z from 'zod';
import { recordAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import { findSource } from '../sources/read-sources.ts';
import type { EdgeBuffer } from './edge-buffer.ts';
import { heldUnder, orUnavailable } from './list-dead-letters.ts';

interface Deps {
  db: Database;
  edgeBuffer: EdgeBuffer;
}

/**
 * Lets the edge deliver dead letters again, or throw them away: one, or all of the source. Who did it is recorded first, and stays
 * recorded should the edge not answer: what it has done by then is not known.
 */
export async function settleDeadLetters(
  { db, edgeBuffer }: Deps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  { source: id, ingestId, how }: z.infer<typeof settleDeadLettersInput>,
): Promise<{ settled: number }> {
  const sourceKeyHash = await heldUnder(db, tenantId, id);
  if (sourceKeyHash === null) return { settled: 0 };
  await db.tenantEm(tenantId).transactional(async (em) => {
    const { name } = await findSource(em, id);
    const action = how === 'replay' ? 'source.dead_letters_replayed' : 'source.dead_letters_discarded';
    const object = { kind: 'source' as const, id, name };
    recordAudit(em, tenantId, actor, { action, object, before: null, after: { ingestId: ingestId ?? 'all' } });
    await em.flush();
  });
  return { settled: await orUnavailable(() => edgeBuffer.settle({ sourceKeyHash, ingestId: ingestId ?? '', how })) };
}
