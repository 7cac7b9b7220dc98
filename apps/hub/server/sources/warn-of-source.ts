import type { Warning } from '@nexomatic/contracts/definition-api';
import type { Id } from '@nexomatic/contracts/id';
import type { SourceSettings } from '@nexomatic/contracts/source-settings';
import { EventType } from '@nexomatic/db/entities/event-type';
import type { Source } from '@nexomatic/db/entities/source';
import type { EntityManager } from '@nexomatic/db/query';

/** What hinders a source that was saved all the same: event types and secrets may be changed later. */
export async function sourceWarnings(
  em: EntityManager,
  { kind, eventTypeId }: Source,
  { settings, liveSecrets }: { settings: SourceSettings | null; liveSecrets: number },
): Promise<Warning[]> {
  const targets = [
    ...(eventTypeId ? [{ id: eventTypeId, path: 'eventTypeId' }] : []),
    ...(settings?.routing.routes ?? []).map(({ eventTypeId: id }, i) => ({
      id,
      path: `settings.routing.routes[${i}].eventTypeId`,
    })),
  ];
  const eventTypes = await em.find(EventType, { id: { $in: targets.map(({ id }) => id) } });
  return [
    ...(settings ? signatureWarnings(settings, liveSecrets) : []),
    ...targets.flatMap(({ id, path }) => targetWarnings(kind, path, byId(eventTypes, id))),
  ];
}

const byId = (rows: EventType[], id: Id<'eventType'>): EventType | undefined => rows.find((row) => row.id === id);

function signatureWarnings({ verification }: SourceSettings, liveSecrets: number): Warning[] {
  const path = 'settings.verification';
  const weak =
    (verification.scheme === 'github' && verification.allowSha1) ||
    (verification.scheme === 'hmac' && verification.algorithm === 'sha1');
  return [
    ...(verification.scheme !== 'none' && liveSecrets === 0
      ? [
          {
            code: 'secret_missing' as const,
            path,
            message: 'it has no secret that is accepted: every request is refused with 401 until one is added',
          },
        ]
      : []),
    ...(weak
      ? [{ code: 'weak_signature' as const, path, message: 'it takes SHA-1 signatures; ask the sender for SHA-256' }]
      : []),
  ];
}

function targetWarnings(kind: Source['kind'], path: string, eventType: EventType | undefined): Warning[] {
  if (!eventType) return [];
  const { name, enabled, sourceKind } = eventType;
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
