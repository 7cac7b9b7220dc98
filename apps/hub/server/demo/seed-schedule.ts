import { type Id, newId } from '@nexomatic/contracts/id';
import { Schedule } from '@nexomatic/db/entities/schedule';
import type { EntityManager } from '@nexomatic/db/query';

const name = 'hello-every-minute';

/** Makes the demo's schedule, switched off: one that is there stays as somebody may have edited it. */
export async function seedSchedule(
  em: EntityManager,
  tenantId: Id<'tenant'>,
  eventTypeId: Id<'eventType'>,
): Promise<void> {
  if ((await em.count(Schedule, { name })) > 0) return;
  em.persist(
    em.create(Schedule, {
      ...{ tenantId, id: newId('schedule'), name, eventTypeId, cron: '* * * * *', timeZone: 'UTC' },
      description: 'Greets once a minute. Switch it on to see schedules at work.',
      payload: Buffer.from('{"name":"the clock"}'),
    }),
  );
}
