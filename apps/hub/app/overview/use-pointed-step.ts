import { type PointerEvent, useState } from 'react';
import { stepAt } from './chart-shapes.ts';

/** The step of a chart that the pointer is over, and the handlers that notice it. */
export function usePointedStep(steps: number): {
  pointed: number | null;
  pointers: { onPointerMove(event: PointerEvent<Element>): void; onPointerLeave(): void };
} {
  const [pointed, setPointed] = useState<number | null>(null);
  return {
    pointed,
    pointers: {
      onPointerMove: (event) => setPointed(stepOfPointer(event, steps)),
      onPointerLeave: () => setPointed(null),
    },
  };
}

/** The step that a pointer is over, within the element that the event was bound to. */
export function stepOfPointer(event: PointerEvent<Element>, steps: number): number {
  const box = event.currentTarget.getBoundingClientRect();
  return stepAt(event.clientX - box.left, box.width, steps);
}
