import type { Id } from '@nexomatic/contracts/id';
import type { PlainLogChunk, Report } from '@nexomatic/contracts/sink-protocol';
import { fromWire } from '@nexomatic/contracts/wire-bytes';
import type { ReleaseRef } from '@nexomatic/db/ledger/secrets';
import { createMaskerPool } from '@nexomatic/redaction/masker-pool';
import { type AttemptMasks, createAttemptMasks } from './attempt-masks.ts';
import { keyOf, type ReleasedValues } from './released-values.ts';

/**
 * Masks what sinks tell of attempts once more, by the values that the attempts were given. Everything comes back in the order
 * in which it was given; what can't be looked at just now is an error, and is sent again.
 */
export interface MaskArrivals {
  /** The bytes of each chunk. */
  chunks(tenantId: Id<'tenant'>, chunks: PlainLogChunk[]): Promise<Uint8Array[]>;
  reports(tenantId: Id<'tenant'>, reports: Report[]): Promise<Report[]>;
}

export function createMaskArrivals(releasedValues: Pick<ReleasedValues, 'of'>): MaskArrivals {
  const maskerOf = createMaskerPool();
  /** As long as an attempt's values are remembered, so is where its output stands. */
  const known = new WeakMap<readonly Uint8Array[], AttemptMasks>();

  function masksFor(values: readonly Uint8Array[]): AttemptMasks {
    const masks = known.get(values) ?? createAttemptMasks(maskerOf(values));
    known.set(values, masks);
    return masks;
  }

  async function masksOf(
    tenantId: Id<'tenant'>,
    refs: ReleaseRef[],
  ): Promise<(ref: ReleaseRef) => AttemptMasks | undefined> {
    const distinct = new Map(refs.map(({ eventId, attempt }) => [keyOf({ eventId, attempt }), { eventId, attempt }]));
    const values = await releasedValues.of(tenantId, [...distinct.values()]);
    return (ref) => {
      const given = values.get(keyOf(ref));
      return given && given.length > 0 ? masksFor(given) : undefined;
    };
  }

  return {
    async chunks(tenantId, chunks) {
      const masksOfAttempt = await masksOf(tenantId, chunks);
      return chunks.map((chunk) => masksOfAttempt(chunk)?.chunk(chunk) ?? fromWire(chunk.bytes));
    },
    async reports(tenantId, reports) {
      const masksOfAttempt = await masksOf(tenantId, reports);
      return reports.map((report) => masksOfAttempt(report)?.report(report) ?? report);
    },
  };
}
