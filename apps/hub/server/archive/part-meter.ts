import type { PartFacts } from '@nexomatic/db/ledger/log-archives';
import type { LogContext } from '@nexomatic/db/ledger/log-records';
import { type BegunLine, createBegunLineReader } from '../logs/search/begun-lines.ts';
import { toRecord } from '../logs/search/to-record.ts';
import type { StoredChunk } from '../logs/stored-chunk.ts';

/** Whose log it is: what all of its lines have in common. */
export type PartOrigin = Pick<LogContext, 'eventTypeId' | 'sourceId'> & Pick<PartFacts, 'sinkId'>;

/** Counts what a part holds while it is written, so that it need not be opened where nothing can be found in it. */
export interface PartMeter {
  /** Chunks of one attempt and one kind, in order. */
  add(chunk: StoredChunk): void;
  finish(): PartFacts;
}

/** Reads lines as the search does, so that what it says of a part is what the search would find in it. */
export function createPartMeter({ eventTypeId, sourceId, sinkId }: PartOrigin): PartMeter {
  const reader = createBegunLineReader();
  const lines: PartFacts['lines'] = { none: 0, debug: 0, info: 0, warn: 0, error: 0 };
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let driftMs = 0;

  function count(line: BegunLine): void {
    const record = toRecord(line);
    if (!record) return;
    const at = record.at.getTime();
    lines[record.level ?? 'none'] += 1;
    first = Math.min(first, at);
    last = Math.max(last, at);
    driftMs = Math.max(driftMs, Math.abs(at - line.at.getTime()));
  }

  return {
    add: (chunk) => reader.read(chunk).forEach(count),
    finish() {
      reader.open().forEach(count);
      const none = first > last;
      const [firstAt, lastAt] = none ? [null, null] : [new Date(first), new Date(last)];
      return { eventTypeId, sourceId, sinkId, firstAt, lastAt, driftMs, lines };
    },
  };
}
