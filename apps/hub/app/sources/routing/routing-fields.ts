import type { SourceDetail } from '@nexomatic/contracts/source-api';
import type { SourceSettings } from '@nexomatic/contracts/source-settings';
import type { Choice } from '../../components/form/combobox-field.tsx';
import { conditionWords } from './operators.ts';

export const routingLabels = {
  routes: 'Routes',
  match: 'First or all',
  eventTypeId: 'When no route matches',
  trustUnsigned: 'Unsigned headers',
};

/** Routing as two states of it are compared: in words. */
export function comparedRouting(
  source: Pick<SourceDetail, 'eventType'>,
  { routing }: Pick<SourceSettings, 'routing'>,
  eventTypes: readonly Choice[],
) {
  const nameOf = (id: string) => eventTypes.find(({ value }) => value === id)?.label ?? id;
  return {
    routes: routing.routes.map(
      ({ when, eventTypeId }) => `${when.map(conditionWords).join(' and ')} → ${nameOf(eventTypeId)}`,
    ),
    match: routing.match,
    eventTypeId: source.eventType?.name ?? 'nothing',
    trustUnsigned: routing.trustUnsigned,
  };
}
