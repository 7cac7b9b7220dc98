import type { SourceDefinition } from '../definitions/definitions.ts';
import type { AcceptEvents, AcceptOutcome, AcceptRequest, KeepFiltered } from './accept-event.ts';
import { checkJsonBody } from './check-body.ts';
import type { IncomingRequest } from './incoming-request.ts';
import type { ReceiveOutcome } from './receive-envelope.ts';
import { routeRequest } from './route-request.ts';

export interface AcceptRoutedDeps {
  acceptEvent: AcceptEvents;
  keepFiltered: KeepFiltered;
}

/** A request with what tells its repetitions from others. */
type Keyed = Omit<AcceptRequest, 'tenantId' | 'sourceId'> & { dedupeKey: Uint8Array | null };

/** Accepts what the routes of the source make of a request, or keeps it as one that fires nothing; its body is checked before. */
export async function acceptRouted(
  { acceptEvent, keepFiltered }: AcceptRoutedDeps,
  source: SourceDefinition,
  request: IncomingRequest,
  { dedupeKey, ...kept }: Keyed,
): Promise<ReceiveOutcome> {
  const { settings, tenantId, id: sourceId } = source;
  const fault = settings.content.raw ? null : checkJsonBody(source, request.contentType, kept.body);
  if (fault) return fault;
  const [eventTypeId, ...alsoEventTypeIds] = routeRequest(settings.routing, source.eventTypeId, request);
  const own = { ...kept, contentType: kept.contentType || typeOf(source), tenantId, sourceId };
  if (!eventTypeId) return keepFiltered({ ...own, detail: whyNothing(source) });
  const outcome = await acceptEvent({
    ...own,
    eventTypeId,
    alsoEventTypeIds,
    sourceKind: source.kind,
    bypassedBy: null,
    dedupeKey,
    dedupeDays: settings.dedupeDays,
    rejectOtherBody: false,
  });
  return toReceiveOutcome(outcome);
}

/** What a body is where its sender does not say. */
const typeOf = ({ settings }: SourceDefinition): string =>
  settings.content.raw ? 'application/octet-stream' : 'application/json';

const whyNothing = ({ settings }: SourceDefinition): string =>
  settings.routing.routes.length === 0
    ? 'The source names no event type.'
    : 'No route matches, and the source names no event type for what is left.';

function toReceiveOutcome(outcome: AcceptOutcome): ReceiveOutcome {
  switch (outcome.kind) {
    case 'accepted':
    case 'duplicate':
    case 'event_type_disabled':
    case 'source_kind_refused':
    case 'payload_invalid':
    case 'unavailable':
      return outcome;
    case 'event_type_not_found':
      return { kind: 'event_type_missing' };
    case 'idempotency_conflict':
      throw new Error('a webhook was compared with an earlier body, which only API calls ask for');
    default:
      return outcome satisfies never;
  }
}
