import { readPreferences, writePreference } from '../frame/preferences.ts';
import type { Remembered } from './first-steps.ts';

/** Remembers in this browser that a first step was seen done, or that the list was put away. */
export function rememberStep(word: Remembered): void {
  change((known) => (known.includes(word) ? known : [...known, word]));
}

/** Shows the list again. */
export function forgetHidden(): void {
  change((known) => known.filter((word) => word !== 'hidden'));
}

function change(to: (known: Remembered[]) => Remembered[]): void {
  const known = readPreferences(document.cookie).firstSteps;
  const next = to(known);
  if (next.length !== known.length) writePreference('firstSteps', next.join('.'));
}
