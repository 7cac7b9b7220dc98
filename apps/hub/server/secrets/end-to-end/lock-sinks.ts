import type { Id } from '@nexomatic/contracts/id';
import { Sink } from '@nexomatic/db/entities/sink';
import { type EntityManager, LockMode } from '@nexomatic/db/query';

/**
 * These sinks, whose keys nobody changes before this transaction ends. Whoever locks secrets as well locks those first, and
 * all of a kind in the order of their ids, so that nobody waits in a circle.
 */
export function lockSinks(em: EntityManager, ids: Id<'sink'>[]): Promise<Sink[]> {
  return em.find(
    Sink,
    { id: { $in: ids } },
    { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true, orderBy: { id: 'asc' } },
  );
}
