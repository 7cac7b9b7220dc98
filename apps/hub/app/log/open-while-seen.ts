/**
 * Keeps something open while the page can be seen. `open` returns what closes it, and calls `done` when there is nothing more
 * to open it for.
 */
export function openWhileSeen(open: (done: () => void) => () => void): () => void {
  let close: (() => void) | undefined;
  let over = false;

  function looked(): void {
    if (document.visibilityState === 'visible' && !over) {
      close ??= open(() => {
        over = true;
      });
    } else {
      close?.();
      close = undefined;
    }
  }

  document.addEventListener('visibilitychange', looked);
  looked();
  return () => {
    document.removeEventListener('visibilitychange', looked);
    close?.();
  };
}
