import type { Id } from '@nexomatic/contracts/id';
import type { Walk } from './walk.ts';

/** Rows that are looked at for one answer, at most, and how long it may take; then the answer says how far it came. */
const maxLooked = 20_000;
const maxMs = 200;
const firstLook = 500;

export interface Merged {
  /** The newest matches, as many as were wanted or fewer. */
  ids: Id<'event'>[];
  /** The search paused: everything from this event on has been looked at, and older ones have not. Null: it is complete. */
  pausedAt: Id<'event'> | null;
}

export interface MergeOptions {
  /** Only older events. */
  before: Id<'event'> | null;
  /** No older events. */
  from: Id<'event'> | null;
  want: number;
  monotonic: () => number;
}

/**
 * The newest events that the walks meet, merged. The walk that has come least far takes the next step, because matches
 * count only as far back as every walk has come. By id, because an event that changes its state meanwhile is met twice.
 */
export async function mergeWalks(walks: Walk[], { before, from, want, monotonic }: MergeOptions): Promise<Merged> {
  const found = new Set<Id<'event'>>();
  const deadline = monotonic() + maxMs;
  let looked = 0;
  const step = async (state: WalkState): Promise<void> => {
    const look = Math.min(state.look, Math.max(1, maxLooked - looked));
    const { ids, to, looked: more } = await state.walk.next(state.at, look, want);
    looked += more;
    for (const id of ids) found.add(id);
    state.at = to;
    state.ended = to === null || (from !== null && to < from);
    state.look *= 2;
  };

  const states = walks.map((walk): WalkState => ({ walk, at: before, ended: false, look: firstLook }));
  for (const state of states) await step(state);
  for (;;) {
    const behind = leastFar(states);
    const ids = newestFirst([...found], behind?.at ?? null).slice(0, want);
    if (!behind || ids.length === want) return { ids, pausedAt: null };
    if (looked >= maxLooked || monotonic() > deadline) return { ids, pausedAt: behind.at };
    await step(behind);
  }
}

interface WalkState {
  walk: Walk;
  at: Id<'event'> | null;
  ended: boolean;
  look: number;
}

/** Of the walks that have not ended the one that stands at the newest event. */
function leastFar(states: WalkState[]): WalkState | undefined {
  const open = states.filter(({ ended }) => !ended);
  return open.reduce<WalkState | undefined>(
    (newest, one) => (newest && isNewer(newest.at, one.at) ? newest : one),
    undefined,
  );
}

const isNewer = (one: string | null, other: string | null): boolean => (one ?? '') >= (other ?? '');

/** What was found down to that event, or all of it. */
function newestFirst(found: Id<'event'>[], from: Id<'event'> | null): Id<'event'>[] {
  const ids = from === null ? found : found.filter((id) => id >= from);
  return ids.sort().reverse();
}
