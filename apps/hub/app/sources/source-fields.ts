import type { SourceSummary } from '@nexomatic/contracts/source-api';

/** How the fields of a source are called. */
export const sourceLabels = {
  name: 'Name',
  description: 'Description',
  eventTypeId: 'Fires',
  sniffJson: 'Take JSON whatever its content type',
};

/** A source as two states of it are compared: the event type by its name. */
export const comparedSource = ({ name, description, eventType, sniffJson }: SourceSummary) => ({
  name,
  description,
  eventTypeId: eventType?.name ?? null,
  sniffJson,
});
