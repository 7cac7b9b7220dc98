import { useEffect, useRef, useState } from 'react';

export interface LineRange {
  from: number;
  to: number;
}

/** `#L120` or `#L120-L140`. */
function parseRange(hash: string): LineRange | null {
  const match = /^#L([1-9]\d{0,8})(?:-L?([1-9]\d{0,8}))?$/.exec(hash);
  if (!match) return null;
  const [a, b] = [Number(match[1]), Number(match[2] ?? match[1])];
  return { from: Math.min(a, b), to: Math.max(a, b) };
}

export const rangeHash = ({ from, to }: LineRange): string => (from === to ? `#L${from}` : `#L${from}-L${to}`);

export const rangeOfAddress = (): LineRange | null => parseRange(location.hash);

/**
 * The lines that the address names; choosing others changes it, and neither scrolls nor loads anything. `arrived` is told of
 * those that somebody came to by a link within the page.
 */
export function useLineRange(
  arrived: (range: LineRange) => void,
): [LineRange | null, (range: LineRange | null) => void] {
  const [range, setRange] = useState<LineRange | null>(null);
  const current = useRef(arrived);
  current.current = arrived;
  useEffect(() => {
    setRange(rangeOfAddress());
    function read(): void {
      const named = rangeOfAddress();
      setRange(named);
      if (named) current.current(named);
    }
    addEventListener('hashchange', read);
    return () => removeEventListener('hashchange', read);
  }, []);
  return [
    range,
    (next) => {
      setRange(next);
      history.replaceState(history.state, '', next ? rangeHash(next) : location.pathname + location.search);
    },
  ];
}
