import { useRef } from 'react';
import { useKeys } from '../frame/keys.ts';
import { EventRow } from './event-row.tsx';
import type { ShownRow } from './merge-rows.ts';

/** The list of events, newest first. `j` and `k` walk through it. On narrow screens its rows become cards. */
export function EventTable({ rows, openedAt, busy }: { rows: ShownRow[]; openedAt: string; busy: boolean }) {
  const body = useRef<HTMLTableSectionElement>(null);
  useKeys({ j: () => walk(body.current, 1), k: () => walk(body.current, -1), Escape: () => leave(body.current) });
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

function walk(body: HTMLElement | null, step: 1 | -1): void {
  const links = [...(body?.querySelectorAll<HTMLAnchorElement>('.row-link') ?? [])];
  const at = links.indexOf(document.activeElement as HTMLAnchorElement);
  const next = at < 0 ? (step === 1 ? 0 : links.length - 1) : at + step;
  const link = links[next];
  link?.focus({ preventScroll: true });
  link?.closest('tr')?.scrollIntoView({ block: 'nearest' });
}

function leave(body: HTMLElement | null): void {
  if (document.activeElement instanceof HTMLElement && body?.contains(document.activeElement))
    document.activeElement.blur();
}
