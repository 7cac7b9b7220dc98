import type { EventSummary } from '@nexomatic/contracts/event-api';
import { useNavigate, useParams } from '@remix-run/react';
import { type MouseEvent, useMemo, useRef, useState } from 'react';
import { AnchoredMenu } from '../components/overlay/anchored-menu.tsx';
import { useColumnChoice } from '../components/table/column-choice.ts';
import { ColumnMenu } from '../components/table/column-menu.tsx';
import { useRowKeys } from '../components/table/use-row-keys.ts';
import { useCancel } from '../event/use-cancel.tsx';
import { useKeys } from '../frame/keys.ts';
import { useMay } from '../frame/use-may.ts';
import { cellEntries, isCell } from './cell-entries.ts';
import { columnsOf } from './event-columns.tsx';
import { EventRow } from './event-row.tsx';
import { type ListAddress, queryOf } from './list-address.ts';
import type { ShownRow } from './merge-rows.ts';
import { rowEntries } from './row-entries.ts';
import { SelectionBar } from './selection-bar.tsx';
import { useCopy } from './use-copy.ts';
import { useSelection } from './use-selection.ts';

interface EventTableProps {
  rows: ShownRow[];
  address: ListAddress;
  /** Columns of the saved view that the list shows; empty for the usual ones. */
  viewColumns: readonly string[];
  openedAt: string;
  busy: boolean;
}

/** The list of events, newest first. On narrow screens its rows become cards. */
export function EventTable({ rows, address, viewColumns, openedAt, busy }: EventTableProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  const mayManage = useMay()('events.manage');
  const columns = useColumns(address.view, viewColumns);
  const ids = useMemo(() => rows.map(({ event }) => event.id), [rows]);
  const selection = useSelection(ids);
  const menu = useRowMenu(rows, address);
  const navigate = useNavigate();
  const focused = (): EventSummary | undefined => {
    const id = document.activeElement?.closest<HTMLElement>('tr[data-id]')?.dataset.id;
    return rows.find(({ event }) => event.id === id)?.event;
  };
  useRowKeys(body, (id) => selection.select(id, !selection.has(id)));
  useKeys({
    '.': () => menu.openAt(document.activeElement?.closest('tr')?.querySelector('[data-cell=row]')),
    f: () => focusNextError(body.current),
    ...(mayManage
      ? {
          r: () => {
            const event = focused();
            if (selection.ids.length > 0) navigate(bulkPath('rerun'));
            else if (event) navigate(`${event.id}/rerun`);
          },
          c: () => {
            const event = focused();
            if (selection.ids.length > 0) navigate(bulkPath('cancel'));
            else if (event) menu.cancel(event);
          },
        }
      : {}),
  });
  const bulkPath = (action: string): string =>
    `../bulk/new?${new URLSearchParams({ action, q: `id:(${selection.ids.join(',')})` })}`;

  return (
    <>
      {mayManage && selection.ids.length > 0 ? (
        <SelectionBar selection={selection} rows={rows} address={address} />
      ) : null}
      <table className="events" aria-busy={busy} data-selectable={mayManage || undefined}>
        <caption className="sr-only">Events, newest first</caption>
        <thead>
          <tr>
            <th scope="col" className="cell-check">
              <SelectAll selected={selection.ids.length} of={ids.length} onChange={selection.selectAll} />
            </th>
            <th scope="col">State</th>
            <th scope="col">Type</th>
            {columns.shown.map((column) => (
              <th key={column.id} scope="col" className={`cell-${column.id}`}>
                {column.header}
              </th>
            ))}
            <th scope="col" className="cell-actions">
              <ColumnMenu {...columns.menu} />
            </th>
          </tr>
        </thead>
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: buttons in the rows are pressed, by mouse or by key; here they are told apart */}
        <tbody ref={body} onClick={menu.pressed}>
          {/* All rows lead to the same page: one link is enough for the router to learn of it. */}
          {rows.map(({ event, gone }, index) => (
            <EventRow
              key={event.id}
              event={event}
              columns={columns.shown}
              gone={gone}
              isNew={event.id > openedAt}
              discover={index === 0}
              selected={selection.has(event.id)}
              onSelect={selection.select}
            />
          ))}
        </tbody>
      </table>
      {menu.element}
    </>
  );
}

function SelectAll({ selected, of, onChange }: { selected: number; of: number; onChange: (all: boolean) => void }) {
  return (
    <input
      type="checkbox"
      aria-label="Select every row of this page"
      checked={selected === of}
      ref={(box) => {
        if (box) box.indeterminate = selected > 0 && selected < of;
      }}
      onChange={({ target }) => onChange(target.checked)}
    />
  );
}

/** Which columns are shown: as somebody chose for the list or for this saved view, else as usual. */
function useColumns(view: string, viewColumns: readonly string[]) {
  const [choice, choose] = useColumnChoice(view ? `events_${view}` : 'events');
  const all = useMemo(() => columnsOf(viewColumns), [viewColumns]);
  const isShown = (id: string, optional = false): boolean => choice[id] ?? !optional;
  const shown = useMemo(() => all.filter(({ id, optional }) => choice[id] ?? !optional), [all, choice]);
  return {
    shown,
    menu: {
      columns: all.map(({ id, header, optional }) => ({ id, header, shown: isShown(id, optional) })),
      onToggle: (id: string, on: boolean) => choose({ ...choice, [id]: on }),
      onReset: () => choose({}),
    },
  };
}

/** The menu of whatever cell was pressed, and what it can do with the event. */
function useRowMenu(rows: readonly ShownRow[], address: ListAddress) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const { tenant = '' } = useParams();
  const { cancel, dialog } = useCancel(tenant);
  const mayManage = useMay()('events.manage');
  const copy = useCopy();
  const cell = anchor?.dataset.cell;
  const id = anchor?.closest<HTMLElement>('tr[data-id]')?.dataset.id;
  const event = rows.find((row) => row.event.id === id)?.event;
  const basis = { query: queryOf(address.text), address, copy };
  const entries = event && isCell(cell) ? cellEntries(event, cell, basis) : [];
  const actions = event && cell === 'row' ? rowEntries(event, mayManage, () => cancel(event)) : [];
  return {
    cancel,
    openAt: (element: HTMLElement | null | undefined) => setAnchor(element ?? null),
    pressed: ({ target }: MouseEvent) => {
      const pressed = target instanceof Element ? target.closest<HTMLElement>('[data-cell]') : null;
      if (pressed) setAnchor(pressed);
    },
    element: (
      <>
        <AnchoredMenu
          anchor={event ? anchor : null}
          label={event ? `Actions for ${event.type}` : 'Actions'}
          entries={[...actions, ...entries]}
          onClose={() => setAnchor(null)}
        />
        {dialog}
      </>
    ),
  };
}

function focusNextError(body: HTMLElement | null): void {
  const rows = [...(body?.querySelectorAll<HTMLElement>('tr') ?? [])];
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const failed = rows.filter((row) => row.querySelector('[data-state=ERROR]'));
  const next = failed.find((row) => rows.indexOf(row) > at) ?? failed[0];
  next?.querySelector<HTMLElement>('.row-link')?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: 'nearest' });
}
