import { useMemo, useRef, useState } from 'react';
import type { LineActions } from './log-line.tsx';
import type { LineRange } from './use-line-range.ts';

interface Options {
  range: LineRange | null;
  setRange: (range: LineRange) => void;
  toggleGroup: (line: number) => void;
}

/** What can be done with lines, by functions that stay the same, so that a line is drawn again only when it changes. */
export function useLineActions(options: Options) {
  const [unfolded, setUnfolded] = useState<ReadonlySet<number>>(new Set());
  const current = useRef(options);
  current.current = options;
  const actions = useMemo<LineActions>(
    () => ({
      choose(line, extend) {
        const { range, setRange } = current.current;
        const other = extend && range ? range : { from: line, to: line };
        setRange({ from: Math.min(other.from, line), to: Math.max(other.to, line) });
      },
      unfold: (line) =>
        setUnfolded((before) => {
          const next = new Set(before);
          if (!next.delete(line)) next.add(line);
          return next;
        }),
      toggleGroup: (line) => current.current.toggleGroup(line),
    }),
    [],
  );
  return { actions, unfolded };
}
