import type { EventSummary } from '@nexomatic/contracts/event-api';

/** The rows on screen and the ones that wait to be let in. */
export interface ShownRows {
  rows: ShownRow[];
  waiting: number;
}
export interface ShownRow {
  event: EventSummary;
  /** It was in the list when it was shown, but no longer matches the filter. It stays so that nothing jumps. */
  gone: boolean;
}

/** Rows as they come, for a list that nobody holds still. */
export const showAll = (fresh: readonly EventSummary[]): ShownRows => ({
  rows: fresh.map((event) => ({ event, gone: false })),
  waiting: 0,
});

/**
 * What to show when a list that is being read is brought up to date: each row stays where it is and only its content
 * changes; newer ones are counted, not shown. Events are ordered newest first and ids sort by time. `complete` means
 * that `fresh` isn't cut off at the end of a page.
 */
export function holdRows(shown: ShownRows, fresh: readonly EventSummary[], complete: boolean): ShownRows {
  const byId = new Map(fresh.map((event) => [event.id, event]));
  const newest = shown.rows[0]?.event.id;
  const oldestFresh = fresh.at(-1)?.id;
  const rows = shown.rows.map((row) => {
    const event = byId.get(row.event.id);
    if (event) return event === row.event && !row.gone ? row : { event, gone: false };
    // Pushed off the end of the page by newer ones: it may well still match. Missing from the middle: it doesn't.
    const beyond = !complete && oldestFresh !== undefined && row.event.id < oldestFresh;
    return beyond ? row : { event: row.event, gone: true };
  });
  return { rows, waiting: fresh.filter((event) => newest === undefined || event.id > newest).length };
}
