import type { ReactNode } from 'react';

/** Something that the palette can do. Pages add theirs by `usePaletteActions`. */
export interface PaletteItem {
  /** Unique in the palette, and stable. */
  id: string;
  group: string;
  word: string;
  /** Behind the word: a key, the kind of thing. */
  hint?: string;
  icon?: ReactNode;
  /** Address to go to, or what to do. */
  to?: string;
  run?: () => void;
}

/** `evt_…` and the like: an id of this product, wherever it was copied from. */
const idForm = /\b[a-z]{3}_[0-7][0-9a-hjkmnp-tv-z]{25}\b/;

/** The id in a pasted text: the text itself, or an address or log line that holds one. */
export const idIn = (text: string): string | null => idForm.exec(text)?.[0] ?? null;

/**
 * What fits the text: every word of it has to occur. What begins with the text comes first, then words that begin with it,
 * then the rest, each in the order of the registry.
 */
export function matchItems(items: readonly PaletteItem[], text: string): PaletteItem[] {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [...items];
  const fits = items.flatMap((item) => {
    const own = item.word.toLowerCase();
    const whole = `${own} ${item.group.toLowerCase()}`;
    if (!wanted.every((part) => whole.includes(part))) return [];
    const first = wanted[0] ?? '';
    const rank = own.startsWith(first) ? 0 : own.includes(` ${first}`) ? 1 : 2;
    return [{ item, rank }];
  });
  return fits.sort((one, other) => one.rank - other.rank).map(({ item }) => item);
}

/** Neighbours of one group stand under one heading. */
export function inGroups(items: readonly PaletteItem[]): { group: string; items: PaletteItem[] }[] {
  const groups: { group: string; items: PaletteItem[] }[] = [];
  for (const item of items) {
    const known = groups.find(({ group }) => group === item.group);
    if (known) known.items.push(item);
    else groups.push({ group: item.group, items: [item] });
  }
  return groups;
}
