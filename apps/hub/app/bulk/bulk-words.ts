import type { BulkAction, BulkJob } from '@nexomatic/contracts/bulk-api';

/** What each bulk action does, and what came of its events. */
export const actionWords: Record<BulkAction, { verb: string; done: string; about: string }> = {
  rerun: {
    verb: 'Re-run',
    done: 're-run',
    about:
      'Each becomes a new event with the same payload and today’s definitions. Events that have not ended are left out.',
  },
  cancel: {
    verb: 'Cancel',
    done: 'cancelled',
    about: 'What waits will not run; what runs is asked to stop. What a module has done by then stays done.',
  },
};

/** `1,234`; `1,000+` when counting stopped there. */
export const countText = (count: number, more: boolean): string => `${count.toLocaleString('en')}${more ? '+' : ''}`;

export const eventsWord = (count: number): string => (count === 1 ? 'event' : 'events');

/** How much of a job is done, from 0 to 1; null while nobody knows how much there is. */
export function progressOf({ state, count, more, done, skipped, failed }: BulkJob): number | null {
  if (state === 'DONE') return 1;
  const seen = done + skipped + failed;
  if (more && seen >= count) return null;
  return count === 0 ? 0 : Math.min(seen / count, 1);
}

/** What a job is called: its own name, or what it does. */
export const jobName = ({ name, action, query }: BulkJob): string =>
  name || `${actionWords[action].verb} ${query === '' ? 'every event' : query}`;
