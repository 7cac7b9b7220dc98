import { type RefObject, useEffect, useRef } from 'react';
import { useBeforePaint } from '../frame/use-before-paint.ts';
import type { Rows } from './rows.ts';
import type { useWindow } from './use-window.ts';

interface Options {
  pane: RefObject<HTMLElement | null>;
  rows: Rows;
  view: Pick<ReturnType<typeof useWindow>, 'topOf' | 'rowAt'>;
  /** Off where the browser does it, and while the end of the log is followed. */
  on: boolean;
}

/** Lines that are seen stay where they are when others before them are folded away or come back. */
export function useKeepPlace({ pane, rows, view, on }: Options): void {
  const place = useRef<{ line: number; row: number; rest: number } | null>(null);
  const current = useRef({ rows, view });
  current.current = { rows, view };

  useEffect(() => {
    const element = pane.current;
    if (!element || !on) return;
    function note(): void {
      const { rows, view } = current.current;
      const top = element?.scrollTop ?? 0;
      const row = view.rowAt(top);
      place.current = { line: rows.lineAt(row), row, rest: top - view.topOf(row) };
    }
    note();
    element.addEventListener('scroll', note, { passive: true });
    return () => element.removeEventListener('scroll', note);
  }, [pane, on]);

  useBeforePaint(() => {
    const { line, row: before, rest } = place.current ?? { line: 0, row: 0, rest: 0 };
    const row = rows.rowOf(line);
    if (on && pane.current && row !== -1 && row !== before) pane.current.scrollTop = view.topOf(row) + rest;
  }, [rows]);
}
