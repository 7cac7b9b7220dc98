import { sourceKinds } from '@nexomatic/contracts/definition-api';
import type { Id } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import { EventType } from '@nexomatic/db/entities/event-type';
import { Source } from '@nexomatic/db/entities/source';
import { sourceKindFacts } from './source-kinds.ts';

const shownEventTypes = 50;

/** The kinds of sources: what each is, how many a tenant has, and which of its event types are for that kind alone. */
export async function listSourceTypes({ db }: { db: Database }, tenantId: Id<'tenant'>) {
  const em = db.tenantEm(tenantId);
  const sourceTypes = await Promise.all(
    sourceKinds.map(async (kind) => ({
      kind,
      ...sourceKindFacts[kind],
      sources: await db.tenantEm(tenantId).count(Source, { kind }),
      eventTypes: (
        await db
          .tenantEm(tenantId)
          .find(
            EventType,
            { sourceKind: kind },
            { fields: ['id', 'name'], orderBy: { name: 'asc' }, limit: shownEventTypes },
          )
      ).map(({ id, name }) => ({ id, name })),
    })),
  );
  return { sourceTypes, anyKind: await em.count(EventType, { sourceKind: null }) };
}
