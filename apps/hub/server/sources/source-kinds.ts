import type { SourceKind } from '@nexomatic/contracts/definition-api';

interface KindFacts {
  description: string;
  /** Why no source of this kind can be made; null: it can. */
  unavailable: string | null;
}

/** What each kind of source is. */
export const sourceKindFacts: Record<SourceKind, KindFacts> = {
  WEBHOOK: {
    description: 'An address of its own that other systems send JSON to; each request fires one event.',
    unavailable: null,
  },
  CUSTOM: {
    description:
      'A program that fires events through the API or the typed client, with a token of its own or any API token.',
    unavailable: null,
  },
  SCHEDULER: {
    description: 'The clock of the hub: schedules fire their events in its name.',
    unavailable: 'The source of schedules comes with the first schedule; a tenant has one.',
  },
  EVENT_GRID: {
    description:
      'A subscription of an Azure Event Grid namespace, from which the hub pulls. Event Grid can also push to a webhook.',
    unavailable: null,
  },
};
