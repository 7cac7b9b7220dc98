import type { EventSummary } from '@nexomatic/contracts/event-api';
import { instantMs } from '../time/format-time.ts';

/** One event of a chain, placed under the event that fired it. */
export interface ChainRow {
  event: EventSummary;
  depth: number;
}

/** Orders a chain so that each event is followed by what it fired; an event whose parent isn't there stands on its own. */
export function layChain(events: readonly EventSummary[]): ChainRow[] {
  const known = new Set(events.map((event) => event.id));
  const children = Map.groupBy(events, (event) =>
    event.parentId !== null && known.has(event.parentId) ? event.parentId : 'top',
  );
  const rows: ChainRow[] = [];
  const stack = [...(children.get('top') ?? [])].reverse().map((event) => ({ event, depth: 0 }));
  for (let row = stack.pop(); row !== undefined; row = stack.pop()) {
    rows.push(row);
    const depth = row.depth + 1;
    for (const event of [...(children.get(row.event.id) ?? [])].reverse()) stack.push({ event, depth });
  }
  return rows;
}

/** Parts of a bar in percent of the axis that all events of the chain share. */
export interface ChainBar {
  waitFrom: number;
  waitWidth: number;
  runFrom: number;
  runWidth: number;
}

/** A part that is there at all is this wide at least, so that a millisecond beside an hour can still be seen. */
const minWidth = 0.6;

export interface ChainAxis {
  from: number;
  to: number;
}

/** From the first event's arrival to the last one's end, or to now while anything is open. */
export function chainAxis(events: readonly EventSummary[], now: number): ChainAxis {
  const from = Math.min(...events.map((event) => instantMs(event.createdAt)));
  const ends = events.map((event) => (event.finishedAt === null ? now : instantMs(event.finishedAt)));
  return { from, to: Math.max(from + 1, ...ends) };
}

export function chainBar(event: EventSummary, axis: ChainAxis, now: number): ChainBar {
  const created = instantMs(event.createdAt);
  const finished = event.finishedAt === null ? Math.max(now, created) : instantMs(event.finishedAt);
  const started = event.startedAt === null ? finished : instantMs(event.startedAt);
  const percent = (at: number): number => {
    const share = ((at - axis.from) / (axis.to - axis.from)) * 100;
    return Math.round(Math.min(100, Math.max(0, share)) * 100) / 100;
  };
  const waitFrom = Math.min(percent(created), 100 - minWidth);
  const runFrom = Math.min(percent(started), 100 - minWidth);
  const runs = event.startedAt !== null;
  return {
    waitFrom,
    waitWidth: runs ? Math.max(0, runFrom - waitFrom) : Math.max(minWidth, percent(finished) - waitFrom),
    runFrom,
    runWidth: runs ? Math.max(minWidth, percent(finished) - runFrom) : 0,
  };
}
