/** The parts of an event type's page; the address names the open one. */
export const eventTypeTabs = ['overview', 'test', 'parameters', 'schema', 'history'] as const;
export type EventTypeTab = (typeof eventTypeTabs)[number];

export const tabWords: Record<EventTypeTab, string> = {
  overview: 'Overview',
  test: 'Test',
  parameters: 'Parameters',
  schema: 'Schema',
  history: 'History',
};

/** The part that the address asks for; the first where it asks for none that there is. */
export const tabOf = (search: URLSearchParams): EventTypeTab =>
  eventTypeTabs.find((tab) => tab === search.get('tab')) ?? 'overview';
