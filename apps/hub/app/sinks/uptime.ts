import type { SinkTransitionShown } from '@nexomatic/contracts/sink-transition-api';

/** What a sink was for a while. `unsteady`: it came and went. */
export type Presence = 'up' | 'held' | 'down' | 'unsteady';

interface Stretch {
  presence: Presence;
  /** Parts of the time that is looked at, 0 to 1. */
  from: number;
  to: number;
}

export interface Uptime {
  stretches: Stretch[];
  /** Part of the known time in which its agent was there; null where nothing is known. */
  up: number | null;
}

/** Where its agent was between two times, by its history, newest first. What was before the first line is not known. */
export function uptimeOf(history: readonly SinkTransitionShown[], fromMs: number, toMs: number): Uptime {
  const stretches: Stretch[] = [];
  const add = (presence: Presence, from: number, to: number): void => {
    const [begin, end] = [Math.max(from, fromMs), Math.min(to, toMs)];
    if (end <= begin) return;
    const part = (ms: number): number => (ms - fromMs) / (toMs - fromMs);
    stretches.unshift({ presence, from: part(begin), to: part(end) });
  };
  let until = toMs;
  for (const { at, lastAt, times, status } of history) {
    const [first, last] = [Date.parse(at), Date.parse(lastAt)];
    add(presenceOf(status), last, until);
    if (times > 1) add('unsteady', first, last);
    until = first;
  }
  const length = (some: readonly Stretch[]): number => some.reduce((sum, { from, to }) => sum + to - from, 0);
  const known = length(stretches);
  const there = length(stretches.filter(({ presence }) => presence === 'up' || presence === 'held'));
  return { stretches, up: known > 0 ? there / known : null };
}

function presenceOf(status: SinkTransitionShown['status']): Presence {
  if (status === 'OFFLINE') return 'down';
  return status === 'ONLINE' ? 'up' : 'held';
}
