import type { Id } from '@nexomatic/contracts/id';
import type { ListTransitions, SinkTransitionShown } from '@nexomatic/contracts/sink-transition-api';
import type { Database } from '@nexomatic/db/database';
import { Sink } from '@nexomatic/db/entities/sink';
import { SinkTransition } from '@nexomatic/db/entities/sink-transition';
import { findSink } from './read-sinks.ts';

/** When sinks came and went, newest first: all of a tenant's, or one. */
export async function listTransitions(
  { db }: { db: Database },
  tenantId: Id<'tenant'>,
  { sinkId, since, limit, cursor }: ListTransitions,
): Promise<{ transitions: SinkTransitionShown[]; nextCursor: Id<'sinkTransition'> | null }> {
  const em = db.tenantEm(tenantId);
  if (sinkId) await findSink(em, sinkId);
  const rows = await em.find(
    SinkTransition,
    {
      ...(sinkId ? { sinkId } : {}),
      ...(since ? { lastAt: { $gte: new Date(since) } } : {}),
      ...(cursor ? { id: { $lt: cursor } } : {}),
    },
    { orderBy: { id: 'desc' }, limit: limit + 1 },
  );
  const page = rows.slice(0, limit);
  const ids = [...new Set(page.map((row) => row.sinkId))];
  const sinks = await em.find(Sink, { id: { $in: ids } }, { fields: ['id', 'name'] });
  const names = new Map(sinks.map(({ id, name }) => [id, name]));
  return {
    transitions: page.map((row) => ({
      id: row.id,
      sink: { id: row.sinkId, name: names.get(row.sinkId) ?? '' },
      status: row.status,
      cause: row.cause,
      at: row.at.toISOString(),
      times: row.times,
      lastAt: row.lastAt.toISOString(),
    })),
    nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}
