import { useLocation } from '@remix-run/react';
import { useEffect, useSyncExternalStore } from 'react';
import type { ShownRow } from './merge-rows.ts';

/** The list that was last looked at in this tab: its address and its events, in order. */
interface RememberedList {
  search: string;
  ids: string[];
}

const storeName = (tenant: string): string => `nx_list_${tenant}`;

/** Keeps what the list shows, so that an event opened from it can lead to its neighbours and back. */
export function useRememberedList(tenant: string, rows: readonly ShownRow[]): void {
  const { search } = useLocation();
  useEffect(() => {
    const list: RememberedList = { search, ids: rows.map(({ event }) => event.id) };
    sessionStorage.setItem(storeName(tenant), JSON.stringify(list));
  }, [tenant, search, rows]);
}

/** Where an event stands in the list that it was opened from. */
export interface ListPlace {
  /** Query of the list's address. */
  search: string;
  previous: string | null;
  next: string | null;
}

const nowhere: ListPlace = { search: '', previous: null, next: null };

/** The neighbours of an event in the list that was last looked at; nothing while the page is rendered by the server. */
export function useListPlace(tenant: string, id: string): ListPlace {
  const text = useSyncExternalStore(
    () => () => undefined,
    () => sessionStorage.getItem(storeName(tenant)),
    () => null,
  );
  return placeIn(text, id);
}

/** Reads what the tab remembers; what isn't ours counts as nothing. */
export function placeIn(text: string | null, id: string): ListPlace {
  const list = parse(text);
  if (!list) return nowhere;
  const at = list.ids.indexOf(id);
  if (at < 0) return { ...nowhere, search: list.search };
  return { search: list.search, previous: list.ids[at - 1] ?? null, next: list.ids[at + 1] ?? null };
}

function parse(text: string | null): RememberedList | null {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    if (typeof value !== 'object' || value === null || !('ids' in value) || !('search' in value)) return null;
    const { ids, search } = value;
    if (!Array.isArray(ids) || typeof search !== 'string' || !/^(\?.*)?$/.test(search)) return null;
    return { search, ids: ids.filter((id): id is string => typeof id === 'string') };
  } catch {
    // Not JSON, so not ours.
    return null;
  }
}
