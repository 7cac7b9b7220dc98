import type { TerminalState } from '@nexomatic/contracts/event-state';
import type { Id } from '@nexomatic/contracts/id';

/**
 * Something that happened to one event, told by the statement that writes it: so whatever fires, starts or ends events is
 * counted without knowing of it.
 */
export interface EventFact {
  tenantId: Id<'tenant'>;
  eventTypeId: Id<'eventType'>;
  /** `run` comes with the terminal state of an event that ran, `wait` with its first start. */
  measure: 'fired' | TerminalState | 'run' | 'wait';
  /** How long, by the database's clock; 0 for what takes no time. */
  ms: number;
}
