import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { stepOfPointer } from './use-pointed-step.ts';

/** Steps of a chart from the one where the selection began to the one where it ends, in either order. */
interface Selection {
  anchor: number;
  focus: number;
}

export interface SelectedSteps {
  first: number;
  last: number;
}

/**
 * Selecting steps of a chart: by a click, by dragging, and by the arrow keys (with Shift they extend it, Home and End go to the
 * borders, Escape ends it, Enter opens it).
 */
export function useRangeSelection(steps: number, open: (selected: SelectedSteps) => void) {
  const [selection, setSelection] = useState<Selection | null>(null);
  const [dragging, setDragging] = useState(false);
  const selected = selection && ordered(selection);

  function move(to: number, extend: boolean): void {
    const focus = Math.min(steps - 1, Math.max(0, to));
    setSelection({ anchor: extend && selection ? selection.anchor : focus, focus });
  }

  return {
    selected,
    focus: selection?.focus ?? null,
    clear: () => setSelection(null),
    handlers: {
      onPointerDown(event: PointerEvent<Element>) {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setDragging(true);
        move(stepOfPointer(event, steps), event.shiftKey);
      },
      onPointerMove(event: PointerEvent<Element>) {
        if (dragging) move(stepOfPointer(event, steps), true);
      },
      onPointerUp: () => setDragging(false),
      onPointerCancel: () => setDragging(false),
      onKeyDown(event: KeyboardEvent<Element>) {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        if (event.key === 'Escape') setSelection(null);
        else if (event.key === 'Enter' && selected) open(selected);
        else {
          const to = targetOf(event.key, selection?.focus ?? null, steps);
          if (to === null) return;
          move(to, event.shiftKey);
        }
        event.preventDefault();
      },
    },
  };
}

/** Where a key leads; null for keys that lead nowhere. Without a selection it begins at the newest step. */
export function targetOf(key: string, focus: number | null, steps: number): number | null {
  switch (key) {
    case 'ArrowLeft':
      return focus === null ? steps - 1 : focus - 1;
    case 'ArrowRight':
      return focus === null ? steps - 1 : focus + 1;
    case 'Home':
      return 0;
    case 'End':
      return steps - 1;
    default:
      return null;
  }
}

const ordered = ({ anchor, focus }: Selection): SelectedSteps => ({
  first: Math.min(anchor, focus),
  last: Math.max(anchor, focus),
});
