import type { Id } from './id-form.ts';

/**
 * Who may use a secret. A list that is null allows any of its kind, an empty one none: an event type that is deleted must
 * not leave its secret open to all the others.
 */
export interface SecretGrants {
  eventTypeIds: Id<'eventType'>[] | null;
  sinkTypeIds: Id<'sinkType'>[] | null;
}

/** Grants as their column holds them; null for everybody. */
export const writeGrants = (grants: SecretGrants): string | null =>
  grants.eventTypeIds || grants.sinkTypeIds ? JSON.stringify(grants) : null;

export const readGrants = (column: string | null | undefined): SecretGrants =>
  column ? (JSON.parse(column) as SecretGrants) : { eventTypeIds: null, sinkTypeIds: null };

/** Whether an attempt of that event type may have it, on a sink of that type; null for an event type that is not made yet. */
export function isGranted(
  { eventTypeIds, sinkTypeIds }: SecretGrants,
  { eventTypeId, sinkTypeId }: { eventTypeId: Id<'eventType'> | null; sinkTypeId: Id<'sinkType'> },
): boolean {
  return (
    (eventTypeIds === null || (eventTypeId !== null && eventTypeIds.includes(eventTypeId))) &&
    (sinkTypeIds === null || sinkTypeIds.includes(sinkTypeId))
  );
}
