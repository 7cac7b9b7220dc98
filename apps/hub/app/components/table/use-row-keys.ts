import type { RefObject } from 'react';
import { useKeys } from '../../frame/keys.ts';

/**
 * Walks through the rows of a list by `j` and `k`, leaves it by Escape, and calls `onSelect` with the row's `data-id` on `x`.
 * The focus moves from one `.row-link` to the next, so that Enter opens the row as it does any link.
 */
export function useRowKeys(body: RefObject<HTMLElement>, onSelect?: (id: string) => void): void {
  useKeys({
    j: () => walk(body.current, 1),
    k: () => walk(body.current, -1),
    x: () => {
      const row = body.current?.contains(document.activeElement) ? document.activeElement?.closest('tr') : null;
      if (row?.dataset.id) onSelect?.(row.dataset.id);
    },
    Escape: () => leave(body.current),
  });
}

function walk(body: HTMLElement | null, step: 1 | -1): void {
  const links = [...(body?.querySelectorAll<HTMLAnchorElement>('.row-link') ?? [])];
  const row = document.activeElement?.closest('tr');
  const at = links.findIndex((link) => link.closest('tr') === row);
  const next = at < 0 ? (step === 1 ? 0 : links.length - 1) : at + step;
  const link = links[next];
  link?.focus({ preventScroll: true });
  link?.closest('tr')?.scrollIntoView({ block: 'nearest' });
}

function leave(body: HTMLElement | null): void {
  if (document.activeElement instanceof HTMLElement && body?.contains(document.activeElement))
    document.activeElement.blur();
}
