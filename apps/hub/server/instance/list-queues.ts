import type { Database } from '@nexomatic/db/database';
import { SinkType } from '@nexomatic/db/entities/sink-type';
import { Tenant } from '@nexomatic/db/entities/tenant';
import { queuePrefix, typeQueueName } from '@nexomatic/queue/names';

/** The queue that the sinks of a type take from. */
export interface ListedQueue {
  tenantSlug: string;
  sinkType: string;
  prefix: string;
  queueName: string;
}

/** Queues on the dashboard at most. */
const maxListed = 1_000;

/** The queues of every tenant, as their sink types name them. */
export async function listQueues({ db }: { db: Database }): Promise<ListedQueue[]> {
  // Whoever administers the instance looks at all of its tenants.
  const em = db.systemEm();
  const types = await em.find(SinkType, {}, { fields: ['tenantId', 'name'], limit: maxListed });
  const tenants = await em.find(Tenant, { id: { $in: types.map(({ tenantId }) => tenantId) } }, { fields: ['slug'] });
  const slugs = new Map(tenants.map(({ id, slug }) => [id, slug]));
  return types
    .map(({ tenantId, name }) => ({
      tenantSlug: slugs.get(tenantId) ?? tenantId,
      sinkType: name,
      prefix: queuePrefix(tenantId),
      queueName: typeQueueName(name),
    }))
    .sort((a, b) => (`${a.tenantSlug} ${a.sinkType}` < `${b.tenantSlug} ${b.sinkType}` ? -1 : 1));
}
