import type { EventSummary } from '@nexomatic/contracts/event-api';
import { type EventQuery, formatTerm, type QueryTerm } from '@nexomatic/contracts/event-query';
import type { PlainKey } from '@nexomatic/contracts/event-query-keys';
import type { MenuEntry } from '../components/overlay/menu-button.tsx';
import { exclude, narrow, nullTerm, textTerm } from './edit-query.ts';
import { type ListAddress, linkTo, withTime } from './list-address.ts';

/** What can be pressed in a row of events; `row` is the whole of it. */
const cells = ['state', 'type', 'id', 'source', 'sink', 'created', 'row'] as const;
export type Cell = (typeof cells)[number];
export const isCell = (text: string | undefined): text is Cell =>
  (cells as readonly (string | undefined)[]).includes(text);

interface Basis {
  query: EventQuery;
  address: Pick<ListAddress, 'view'>;
  /** Writes the text to the clipboard. */
  copy: (text: string) => void;
}

/** What a pressed cell offers: to filter by its value, to exclude it, to copy it, to open the event. */
export function cellEntries(event: EventSummary, cell: Cell, basis: Basis): MenuEntry[] {
  const { copy } = basis;
  const open: MenuEntry = { label: 'Open the event', to: event.id, separated: true };
  const terms = termsOf(event, cell);
  const filters = terms.flatMap((term) => filterEntries(term, basis));
  const text = textOf(event, cell);
  return [
    ...filters,
    ...(cell === 'created' ? timeEntries(event, basis) : []),
    ...(text === null ? [] : [{ label: `Copy ${shortened(text)}`, onSelect: () => copy(text), separated: true }]),
    ...(cell === 'row' ? [] : [open]),
  ];
}

function filterEntries(term: QueryTerm, { query, address }: Basis): MenuEntry[] {
  const word = shortened(formatTerm(term));
  return [
    { label: `Only ${word}`, to: linkTo(narrow(query, term), address) },
    { label: `Not ${word}`, to: linkTo(exclude(query, term), address) },
  ];
}

function timeEntries({ createdAt }: EventSummary, { query, address }: Basis): MenuEntry[] {
  const at = (key: PlainKey): string => linkTo(withTime(query, [textTerm(key, createdAt)]), address);
  return [
    { label: 'Only from this time on', to: at('from') },
    { label: 'Only before this time', to: at('to') },
  ];
}

/** The terms that find events with the same value in that cell. */
function termsOf(event: EventSummary, cell: Cell): QueryTerm[] {
  const named = (key: PlainKey, name: string | null) => (name === null ? nullTerm(key) : textTerm(key, name));
  const state = textTerm('state', event.state.toLowerCase());
  switch (cell) {
    case 'state':
      return event.reason === null ? [state] : [state, textTerm('reason', event.reason)];
    case 'type':
      return [textTerm('type', event.type)];
    case 'id':
      return [textTerm('root', event.rootId)];
    case 'source':
      return event.parentId === null ? [named('source', event.source)] : [textTerm('parent', event.parentId)];
    case 'sink':
      return [named('sink', event.sink)];
    case 'created':
      return [];
    case 'row':
      return [textTerm('type', event.type), state];
  }
}

function textOf(event: EventSummary, cell: Cell): string | null {
  switch (cell) {
    case 'state':
      return event.message ?? event.state;
    case 'type':
      return event.type;
    case 'source':
      return event.source ?? event.parentId;
    case 'sink':
      return event.sink;
    case 'created':
      return event.createdAt;
    case 'id':
    case 'row':
      return event.id;
  }
}

const longest = 44;
const shortened = (text: string): string => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);
