import type { Occurrence } from '@nexomatic/contracts/schedule-occurrence';
import { skipWords } from '../schedule-words.ts';

/** What a square of the history shows; each look has a shape of its own beside its colour. */
export type Look = 'success' | 'warning' | 'error' | 'going' | 'skipped' | 'held' | 'gone';

type Judged = Pick<Occurrence, 'status' | 'reason' | 'event'>;

/** How a run looks in the history. */
export function lookOf({ status, event }: Judged): Look {
  if (status === 'skipped') return 'skipped';
  if (status === 'held') return 'held';
  if (status === 'waiting') return 'going';
  if (event === null) return 'gone';
  const { state } = event;
  if (state === 'SUCCESS') return 'success';
  if (state === 'WARNING') return 'warning';
  return state === 'ERROR' ? 'error' : 'going';
}

export const lookWords: Record<Look, string> = {
  success: 'success',
  warning: 'warning',
  error: 'error',
  going: 'not finished',
  skipped: 'skipped',
  held: 'held',
  gone: 'no longer kept',
};

/** "skipped: paused" */
export function resultText(run: Judged): string {
  const { status, reason, event } = run;
  if (status === 'skipped' && reason) return `skipped: ${skipWords[reason].word}`;
  return status === 'fired' && event ? event.state.toLowerCase() : lookWords[lookOf(run)];
}

/** How many runs look how, the most frequent first; a row that stands for many counts as many. */
export function countLooks(runs: readonly (Judged & Pick<Occurrence, 'count'>)[]): { look: Look; count: number }[] {
  const counts = new Map<Look, number>();
  for (const run of runs) counts.set(lookOf(run), (counts.get(lookOf(run)) ?? 0) + run.count);
  return [...counts].map(([look, count]) => ({ look, count })).sort((one, other) => other.count - one.count);
}
