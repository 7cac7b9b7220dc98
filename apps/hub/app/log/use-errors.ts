import { type RefObject, useEffect, useRef, useState } from 'react';
import { useKeys } from '../frame/keys.ts';
import type { LogLine } from './to-lines.ts';

interface ErrorOptions {
  pane: RefObject<HTMLElement | null>;
  errors: LogLine[];
  complete: boolean;
  /** The event failed: its log opens at the first error once all of it is there. */
  failed: boolean;
  /** Ends following, so that the marked line isn't scrolled away. */
  stay: () => void;
}

/** Walks from error to error by button or `f`, and begins again after the last. */
export function useErrors({ pane, errors, complete, failed, stay }: ErrorOptions) {
  const [marked, setMarked] = useState(0);
  const opened = useRef(false);

  function show(line: LogLine | undefined): void {
    if (!line) return;
    stay();
    setMarked(line.number);
    reveal(pane.current, `L${line.number}`);
  }

  function nextError(): void {
    show(errors.find((line) => line.number > marked) ?? errors[0]);
    pane.current?.scrollIntoView({ block: 'nearest' });
  }
  useKeys({ f: nextError });

  useEffect(() => {
    if (opened.current || !complete) return;
    opened.current = true;
    // Somebody who followed a link to a line wants that line.
    if (/^#L\d+$/.test(location.hash)) reveal(pane.current, location.hash.slice(1));
    else if (failed) show(errors[0]);
  });

  return { marked, nextError };
}

/** Scrolls the pane alone: the page around it stays where its reader left it. */
function reveal(pane: HTMLElement | null, id: string): void {
  const line = document.getElementById(id);
  if (pane && line) pane.scrollTop = line.offsetTop - pane.clientHeight / 3;
}
