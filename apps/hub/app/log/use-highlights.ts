import { type RefObject, useEffect } from 'react';
import type { LogQuery } from './search-log.ts';

const name = 'log-found';

/**
 * Marks every place of a text in the lines that are there, without touching them: the browser paints ranges. What an
 * expression finds is marked by its lines alone, because only the hub runs expressions.
 */
export function useHighlights(pane: RefObject<HTMLElement | null>, query: LogQuery | null): void {
  useEffect(() => {
    if (!('highlights' in CSS)) return;
    CSS.highlights.delete(name);
    if (!pane.current || query === null || query.regex || query.text === '') return;
    const ranges = [...pane.current.querySelectorAll('[data-found] .log-text')].flatMap((text) =>
      rangesIn(text, query),
    );
    if (ranges.length > 0) CSS.highlights.set(name, new Highlight(...ranges));
    return () => void CSS.highlights.delete(name);
  });
}

function rangesIn(element: Element, { text, case: exact }: LogQuery): Range[] {
  const ranges: Range[] = [];
  const wanted = exact ? text : text.toLowerCase();
  const nodes = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
    const shown = node.textContent ?? '';
    const lower = shown.toLowerCase();
    // A few letters change their length, and then places would not fit.
    const content = exact || lower.length !== shown.length ? shown : lower;
    for (let at = content.indexOf(wanted); at !== -1; at = content.indexOf(wanted, at + wanted.length)) {
      const range = new Range();
      range.setStart(node, at);
      range.setEnd(node, at + wanted.length);
      ranges.push(range);
    }
  }
  return ranges;
}
