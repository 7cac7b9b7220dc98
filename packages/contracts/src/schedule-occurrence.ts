import * as z from 'zod';
import { eventReasonSchema, eventStateSchema } from './event-state.ts';
import { idSchema } from './id.ts';
import { instant } from './instant.ts';

/** What became of one run of a schedule. */

/**
 * - `fired`: its event was made in the same transaction.
 * - `skipped`: `reason` says why there is no event.
 * - `held`: missed, and it waits for a person to release or discard it.
 * - `waiting`: it fires once the event of the run before is finished.
 */
export const occurrenceStatuses = ['fired', 'skipped', 'held', 'waiting'] as const;
export type OccurrenceStatus = (typeof occurrenceStatuses)[number];

/** Why a run was skipped, in the order in which they are looked at. Never reused for something else. */
export const skipReasons = [
  /** An instance admin stopped the tenant. */
  'tenant_suspended',
  /** The schedule was switched off while the run waited for the one before. */
  'switched_off',
  'paused',
  'skipped_by_person',
  'blackout',
  /** It was due while no hub was there, and the schedule's rule lets it go. */
  'missed',
  /** Held, and a person let it go. */
  'discarded',
  /** The tenant's source of kind SCHEDULER is switched off. */
  'source_disabled',
  'event_type_disabled',
  /** The event type is fired by another kind of source alone. */
  'source_kind_refused',
  /** The payload no longer passes the event type's schema. */
  'payload_invalid',
  /** The sink that it is pinned to is no longer of the event type's sink type. */
  'pin_unfit',
  /** An event of an earlier run is not finished. */
  'overlap',
] as const;
export type SkipReason = (typeof skipReasons)[number];

/** What led to the decision: the clock, the clock after a gap, or a person. */
export const occurrenceOrigins = ['tick', 'catch_up', 'backfill', 'manual', 'held'] as const;
export type OccurrenceOrigin = (typeof occurrenceOrigins)[number];

export const occurrence = z.object({
  dueAt: instant.describe('as planned; of a run by hand when it was asked for'),
  throughAt: instant.nullable().describe('of a row that stands for many runs: the last of them'),
  count: z.int().describe('how many runs the row stands for; 10,000 means that many or more'),
  status: z.enum(occurrenceStatuses),
  reason: z.enum(skipReasons).nullable(),
  origin: z.enum(occurrenceOrigins),
  decidedAt: instant.describe('when it was fired, skipped, held or put to wait'),
  decidedBy: z.string().nullable().describe('the person or program who asked for it; null for the hub'),
  event: z
    .object({
      id: idSchema('event'),
      state: eventStateSchema,
      reason: z.nullable(eventReasonSchema),
      startedAt: instant.nullable(),
      finishedAt: instant.nullable(),
    })
    .nullable()
    .describe('null where none was fired, and where it is no longer kept'),
});
export type Occurrence = z.infer<typeof occurrence>;
