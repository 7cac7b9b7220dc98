import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { SecretGrants } from '@nexomatic/contracts/secret-grants';
import { EventType } from '@nexomatic/db/entities/event-type';
import { SinkType } from '@nexomatic/db/entities/sink-type';
import type { EntityManager } from '@nexomatic/db/query';

/** Refuses a grant to what this tenant does not have. */
export async function checkGrants(em: EntityManager, grants: SecretGrants): Promise<void> {
  const known = await knownGrants(em, [grants]);
  const errors = (['eventTypeIds', 'sinkTypeIds'] as const).flatMap((list) =>
    (grants[list] ?? []).flatMap((id, at) =>
      known.has(id) ? [] : [{ path: `grants.${list}[${at}]`, message: `there is no ${id} here` }],
    ),
  );
  if (errors.length > 0) {
    throw new NexomaticError('unprocessable', 'The secret can not be granted to that; see errors.', { errors });
  }
}

/** Of everything that secrets are granted to, what is still there. */
export async function knownGrants(em: EntityManager, all: SecretGrants[]): Promise<Set<string>> {
  const eventTypeIds = all.flatMap((grants) => grants.eventTypeIds ?? []);
  const sinkTypeIds = all.flatMap((grants) => grants.sinkTypeIds ?? []);
  const found = [
    ...(eventTypeIds.length > 0 ? await em.find(EventType, { id: { $in: eventTypeIds } }, { fields: ['id'] }) : []),
    ...(sinkTypeIds.length > 0 ? await em.find(SinkType, { id: { $in: sinkTypeIds } }, { fields: ['id'] }) : []),
  ];
  return new Set(found.map(({ id }) => id));
}
