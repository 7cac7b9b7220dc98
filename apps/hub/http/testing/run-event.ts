import type { Id } from '@nexomatic/contracts/id';
import { newId } from '@nexomatic/contracts/id';
import type { LogChunk, Report } from '@nexomatic/contracts/sink-protocol';
import { toWire } from '@nexomatic/contracts/wire-bytes';
import type { Services, SinkIdentity } from '#server/services.ts';

/** The rows that a test's pipeline is made of, as `makePipeline` of the test kit gives them. */
interface Pipeline {
  tenant: { id: Id<'tenant'> };
  eventType: { id: Id<'eventType'> };
  sink: { id: Id<'sink'>; name: string; sinkTypeId: Id<'sinkType'> };
}

/** Who the pipeline's sink is to the rules. */
export const sinkOf = ({ tenant, sink }: Pipeline): SinkIdentity => ({
  kind: 'sink',
  tenantId: tenant.id,
  sinkId: sink.id,
  name: sink.name,
  sinkTypeId: sink.sinkTypeId,
});

/** Accepts an event of the pipeline's type. */
export async function acceptOne(services: Services, pipeline: Pipeline, payload = '{}'): Promise<Id<'event'>> {
  const outcome = await services.acceptEvent({
    tenantId: pipeline.tenant.id,
    eventTypeId: pipeline.eventType.id,
    sourceId: null,
    sourceKind: 'CUSTOM',
    bypassedBy: null,
    receiptId: newId('receipt'),
    dedupeKey: null,
    body: Buffer.from(payload),
    contentType: 'application/json',
    remoteAddress: '',
    headers: [],
    receivedAt: services.clock.now(),
    rejectOtherBody: false,
  });
  if (outcome.kind !== 'accepted') throw new Error(`not accepted: ${outcome.kind}`);
  return outcome.eventId;
}

/** Claims an event's attempt, sends log chunks of it and ends it, as a sink would. */
export function sinkHand(services: Services, sink: SinkIdentity, eventId: Id<'event'>, attempt = 1) {
  let seq = 0;
  return {
    async claim(): Promise<void> {
      const [outcome] = await services.claimAttempts(sink, [{ eventId, attempt }]);
      if (outcome?.outcome !== 'claimed') throw new Error(`not claimed: ${outcome?.outcome}`);
    },
    /** Sends one chunk; `skip` numbers are left out before it, as if they had been lost. */
    async log(channel: LogChunk['channel'], body: string | Uint8Array, skip = 0): Promise<void> {
      seq += 1 + skip;
      const bytes = toWire(typeof body === 'string' ? Buffer.from(body) : body);
      const [outcome] = await services.appendLogs(sink, [
        { eventId, attempt, seq, channel, at: services.clock.now(), bytes },
      ]);
      if (outcome !== 'stored') throw new Error(`not stored: ${outcome}`);
    },
    async end(state: Report['state'], more: Partial<Report> = {}): Promise<void> {
      const [outcome] = await services.recordResults(sink, [{ eventId, attempt, state, lastLogSeq: seq, ...more }]);
      if (outcome !== 'recorded') throw new Error(`not recorded: ${outcome}`);
    },
  };
}
