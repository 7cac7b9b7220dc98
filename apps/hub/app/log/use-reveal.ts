import { type RefObject, useState } from 'react';
import { useBeforePaint } from '../frame/use-before-paint.ts';
import type { Rows } from './rows.ts';

interface RevealOptions {
  pane: RefObject<HTMLElement | null>;
  rows: Rows;
  /** Where a row begins, of very many; null where all of them are there. */
  topOf: ((row: number) => number) | null;
  /** Called when it has scrolled. */
  scrolled: () => void;
}

/** Scrolls lines into sight, once they have a row. The page around the pane stays where its reader left it. */
export function useReveal({ pane, rows, topOf, scrolled }: RevealOptions): (line: number) => void {
  const [wanted, setWanted] = useState<number | null>(null);
  useBeforePaint(() => {
    const element = pane.current;
    if (wanted === null || !element) return;
    const row = rows.rowOf(wanted);
    if (row === -1) return;
    const top = topOf ? topOf(row) : document.getElementById(`L${wanted}`)?.offsetTop;
    if (top === undefined) return;
    element.scrollTop = top - element.clientHeight / 3;
    scrolled();
    setWanted(null);
  });
  return setWanted;
}
