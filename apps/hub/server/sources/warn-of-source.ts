import type { Warning } from '@nexomatic/contracts/definition-api';
import type { EventType } from '@nexomatic/db/entities/event-type';
import type { Source } from '@nexomatic/db/entities/source';

/** What hinders a source that was saved all the same: the event type may be changed later. */
export function sourceWarnings({ kind }: Source, eventType: EventType | null): Warning[] {
  if (!eventType) return [];
  const { name, enabled, sourceKind } = eventType;
  const path = 'eventTypeId';
  const refuses = sourceKind != null && sourceKind !== kind;
  return [
    ...(enabled
      ? []
      : [
          {
            code: 'target_disabled' as const,
            path,
            message: `${name} is disabled: requests are refused until it is enabled`,
          },
        ]),
    ...(refuses
      ? [
          {
            code: 'source_refused' as const,
            path,
            message: `${name} may be fired by sources of kind ${sourceKind} only`,
          },
        ]
      : []),
  ];
}
