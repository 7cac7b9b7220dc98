import { useRef } from 'react';
import { useRowKeys } from '../components/table/use-row-keys.ts';
import { EventRow } from './event-row.tsx';
import type { ShownRow } from './merge-rows.ts';

/** The list of events, newest first. `j` and `k` walk through it. On narrow screens its rows become cards. */
export function EventTable({ rows, openedAt, busy }: { rows: ShownRow[]; openedAt: string; busy: boolean }) {
  const body = useRef<HTMLTableSectionElement>(null);
  useRowKeys(body);
  return (
    <table className="events" aria-busy={busy}>
      <caption className="sr-only">Events, newest first</caption>
      <thead>
        <tr>
          <th scope="col">State</th>
          <th scope="col">Type</th>
          <th scope="col" className="cell-id">
            Event
          </th>
          <th scope="col" className="cell-source">
            Source
          </th>
          <th scope="col" className="cell-sink">
            Sink
          </th>
          <th scope="col" className="cell-created">
            Created
          </th>
          <th scope="col" className="cell-time">
            Time
          </th>
        </tr>
      </thead>
      <tbody ref={body}>
        {/* All rows lead to the same page: one link is enough for the router to learn of it. */}
        {rows.map(({ event, gone }, index) => (
          <EventRow key={event.id} event={event} gone={gone} isNew={event.id > openedAt} discover={index === 0} />
        ))}
      </tbody>
    </table>
  );
}
