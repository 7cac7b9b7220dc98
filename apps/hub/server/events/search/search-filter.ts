import type { EventState } from '@nexomatic/contracts/event-state';
import type { Event } from '@nexomatic/db/entities/event';
import type { FilterQuery } from '@nexomatic/db/query';

/** What events are asked for: a query, and what callers want beside it. All of it must hold. */
export interface SearchFilter {
  q?: string | undefined;
  /** What the caller's input calls the query, for refusals. */
  field?: string | undefined;
  state?: readonly EventState[] | undefined;
  type?: string | undefined;
  source?: string | undefined;
  sink?: string | undefined;
  /** ISO 8601. */
  since?: string | undefined;
  until?: string | undefined;
  /** Conditions of the caller's own making. */
  also?: FilterQuery<Event>[] | undefined;
}
