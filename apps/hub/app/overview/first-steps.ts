import type { FirstSteps } from '@nexomatic/contracts/overview-api';

/** What this browser remembers of the first steps: those it has seen done, and whether the list was put away. */
const remembered = ['log', 'edit', 'hidden'] as const;
export type Remembered = (typeof remembered)[number];

export const stepKeys = ['database', 'sink', 'event', 'log', 'edit', 'type'] as const;
export type StepKey = (typeof stepKeys)[number];

/** Which steps are done: what the hub knows, and what this browser has seen. */
export function doneSteps(facts: FirstSteps, known: readonly Remembered[]): Record<StepKey, boolean> {
  return {
    // The page would not be here without it.
    database: true,
    sink: facts.sinkOnline,
    event: facts.latestEventId !== null,
    log: known.includes('log'),
    edit: facts.edited || known.includes('edit'),
    type: facts.ownEventType,
  };
}

/** Reads the cookie's value; unknown words are left out. */
export function readRemembered(value: string | undefined): Remembered[] {
  const words = (value ?? '').split('.');
  return remembered.filter((word) => words.includes(word));
}
