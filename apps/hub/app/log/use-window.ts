import { type RefObject, useEffect, useMemo, useState } from 'react';
import { useBeforePaint } from '../frame/use-before-paint.ts';
import { createRowHeights } from './row-heights.ts';

/** Rows beyond what is seen, so that a short scroll finds them there. */
const overscan = 20;
/** Browsers make nothing higher than about 17 million pixels; beyond this a pixel of the scroll bar stands for more. */
const maxHeight = 15_000_000;

interface WindowOptions {
  pane: RefObject<HTMLElement | null>;
  count: number;
  /** Off: every row is there, and the browser does it all. */
  on: boolean;
  /** What the heights hold for; they are forgotten when it changes. */
  of: unknown;
}

/** Which rows of very many are to be in the page, and where: those that are seen, and some more. */
export function useWindow({ pane, count, on, of }: WindowOptions) {
  const [scroll, setScroll] = useState({ top: 0, view: 600 });
  const [, setMeasured] = useState(0);
  // What was measured of other rows says nothing of these
  const heights = useMemo(createRowHeights, [of]);
  const real = heights.top(count);
  const scale = real > maxHeight ? (maxHeight - scroll.view) / (real - scroll.view) : 1;
  const top = scroll.top / scale;
  const seen = heights.at(top);
  const first = on ? Math.max(0, Math.min(seen, count) - overscan) : 0;
  const end = on ? Math.min(count, heights.at(top + scroll.view) + overscan + 1) : count;

  useEffect(() => {
    const element = pane.current;
    if (!element || !on) return;
    const scrolled = (): void => setScroll({ top: element.scrollTop, view: element.clientHeight });
    scrolled();
    const sizes = new ResizeObserver(scrolled);
    sizes.observe(element);
    element.addEventListener('scroll', scrolled, { passive: true });
    return () => {
      sizes.disconnect();
      element.removeEventListener('scroll', scrolled);
    };
  }, [pane, on]);

  useBeforePaint(() => {
    const element = pane.current;
    if (!element || !on) return;
    let news = false;
    let above = 0;
    for (const row of element.querySelectorAll<HTMLElement>('[data-row]')) {
      const index = Number(row.dataset.row);
      const before = heights.top(index + 1) - heights.top(index);
      if (!heights.note(index, row.offsetHeight)) continue;
      news = true;
      if (index < seen) above += row.offsetHeight - before;
    }
    // What is seen stays where it is, whatever the rows before it turned out to be.
    if (above !== 0) element.scrollTop += above * scale;
    if (news) setMeasured((times) => times + 1);
  });

  return {
    first,
    end,
    seen: { first: seen, last: Math.max(seen, Math.min(count, heights.at(top + scroll.view) + 1) - 1) },
    /** Height of all rows, and where those that are there begin. */
    height: Math.min(real, maxHeight),
    offset: scroll.top - (top - heights.top(first)),
    topOf: (row: number) => heights.top(row) * scale,
    rowAt: (scrollTop: number) => heights.at(scrollTop / scale),
  };
}
