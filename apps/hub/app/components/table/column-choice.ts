import { useCallback, useSyncExternalStore } from 'react';

/** Columns that somebody switched on or off, by id. The ones that they never touched are missing. */
export type ColumnChoice = Record<string, boolean>;

const changed = new EventTarget();
const storeName = (table: string): string => `nx_columns_${table}`;
const none: ColumnChoice = {};
let cached: { name: string; text: string; choice: ColumnChoice } | undefined;

/** Which columns of that table somebody chose, remembered in this browser. */
export function useColumnChoice(table: string): [ColumnChoice, (choice: ColumnChoice) => void] {
  const name = storeName(table);
  const choice = useSyncExternalStore(
    listen,
    () => read(name),
    () => none,
  );
  const choose = useCallback(
    (next: ColumnChoice) => {
      if (Object.keys(next).length === 0) localStorage.removeItem(name);
      else localStorage.setItem(name, JSON.stringify(next));
      changed.dispatchEvent(new Event('change'));
    },
    [name],
  );
  return [choice, choose];
}

function listen(listener: () => void): () => void {
  changed.addEventListener('change', listener);
  return () => changed.removeEventListener('change', listener);
}

/** The same object for the same text, because React compares by identity. */
function read(name: string): ColumnChoice {
  const text = localStorage.getItem(name) ?? '';
  if (cached?.name !== name || cached.text !== text) cached = { name, text, choice: parseColumnChoice(text) };
  return cached.choice;
}

/** Whatever stands in the browser's storage; only a list of switches is taken from it. */
export function parseColumnChoice(text: string): ColumnChoice {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return none;
    return Object.fromEntries(
      Object.entries(value).filter((pair): pair is [string, boolean] => typeof pair[1] === 'boolean'),
    );
  } catch {
    // Empty, or not ours.
    return none;
  }
}
