import { type RefObject, useCallback, useEffect, useRef } from 'react';
import { useBeforePaint } from '../frame/use-before-paint.ts';
import type { Rows } from './rows.ts';
import type { useWindow } from './use-window.ts';

interface Options {
  pane: RefObject<HTMLElement | null>;
  rows: Rows;
  view: Pick<ReturnType<typeof useWindow>, 'topOf' | 'rowAt'>;
  /** Of very many rows only some are there; where all are, the browser keeps the place. */
  windowed: boolean;
  /** The end of the log is what is to be seen. */
  following: boolean;
}

/**
 * Lines that are seen stay where they are when others before them are folded away or come back. Whoever scrolls the pane calls
 * what it returns: the browser tells of it a frame later, and rows that change in between would bring back what was seen before.
 */
export function useKeepPlace({ pane, rows, view, windowed, following }: Options): () => void {
  const place = useRef<{ line: number; row: number; rest: number } | null>(null);
  const current = useRef({ rows, view, windowed });
  current.current = { rows, view, windowed };

  const note = useCallback(() => {
    const { rows, view, windowed } = current.current;
    if (!windowed) return;
    const top = pane.current?.scrollTop ?? 0;
    const row = view.rowAt(top);
    place.current = { line: rows.lineAt(row), row, rest: top - view.topOf(row) };
  }, [pane]);

  useEffect(() => {
    const element = pane.current;
    if (!element || !windowed) return;
    note();
    element.addEventListener('scroll', note, { passive: true });
    return () => {
      element.removeEventListener('scroll', note);
      place.current = null;
    };
  }, [pane, windowed, note]);

  useBeforePaint(() => {
    const { line, row: before, rest } = place.current ?? { line: 0, row: 0, rest: 0 };
    const row = rows.rowOf(line);
    if (following || !pane.current || row === -1 || row === before) return;
    // So many may have been folded away that now all of them are there.
    const top = windowed ? view.topOf(row) : document.getElementById(`L${line}`)?.offsetTop;
    if (top !== undefined) pane.current.scrollTop = top + rest;
  }, [rows]);
  return note;
}
