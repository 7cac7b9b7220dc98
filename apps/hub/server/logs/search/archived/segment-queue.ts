import type { Id } from '@nexomatic/contracts/id';
import { outlineOfPart, type SearchablePart, searchableParts } from '@nexomatic/db/archived-parts';
import type { SqlPart } from '@nexomatic/db/log-conditions';
import type { SqlRunner } from '@nexomatic/db/sql';
import { blocksOfTime, type Segment, segmentOf, type TimeSpan } from './segments.ts';

/** Archived logs that are looked up in one go. */
const partsAtOnce = 200;

export interface SegmentsAsked extends TimeSpan {
  tenantId: Id<'tenant'>;
  /** What must hold of a part. */
  conditions: SqlPart[];
}

/** What is to be opened, the youngest first. Parts are looked up no further than is needed to know which that is. */
export interface SegmentQueue {
  /** The next ones; the first is the youngest of all that are left. */
  peek(count: number): Segment[];
  take(): Segment | undefined;
  /** In place of one that has moved. */
  put(segment: Segment): void;
  /** Looks up what is needed to know the youngest. To be called before `peek` and `take`. */
  fill(): Promise<void>;
}

export function createSegmentQueue(sql: SqlRunner, asked: SegmentsAsked): SegmentQueue {
  const { tenantId, conditions, from, to } = asked;
  const range = { tenantId, from: dateOf(from), to: dateOf(to), conditions };
  const walks = [false, true].map((longLasting) => ({
    longLasting,
    after: null as SearchablePart | null,
    /** Parts that were not looked up yet end then or before. */
    youngest: to,
  }));
  /** The youngest stands last. */
  const waiting: Segment[] = [];
  const youngest = (): number => waiting.at(-1)?.youngest ?? Number.NEGATIVE_INFINITY;

  function put(...segments: Segment[]): void {
    waiting.push(...segments);
    waiting.sort((a, b) => a.youngest - b.youngest);
  }

  async function fill(): Promise<void> {
    for (;;) {
      const behind = walks.find((walk) => walk.youngest > youngest());
      if (behind) {
        const { longLasting, after } = behind;
        const parts = await searchableParts(sql, range, { longLasting, after, limit: partsAtOnce });
        put(...parts.map((part) => segmentOf(part, asked)));
        const last = parts.at(-1);
        behind.after = last ?? after;
        behind.youngest =
          last && parts.length === partsAtOnce ? Math.min(to, last.lastAt.getTime()) : Number.NEGATIVE_INFINITY;
        continue;
      }
      const next = waiting.at(-1);
      if (next?.index !== null) return;
      waiting.pop();
      const outline = await outlineOfPart(sql, tenantId, next.part);
      if (outline !== null) put(...blocksOfTime(next, outline, asked));
    }
  }

  return {
    fill,
    put: (segment) => put(segment),
    take: () => waiting.pop(),
    peek: (count) => waiting.slice(-count).toReversed(),
  };
}

const dateOf = (ms: number): Date | null => (Number.isFinite(ms) ? new Date(ms) : null);
