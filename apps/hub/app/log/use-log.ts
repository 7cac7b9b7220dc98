import type { Id } from '@nexomatic/contracts/id';
import { useEffect, useMemo, useReducer, useSyncExternalStore } from 'react';
import { createBrowserClient } from '../live/browser-client.ts';
import { createLogStore, type LogState, type LogStore, pageLines } from './log-store.ts';
import { openWhileSeen } from './open-while-seen.ts';
import { readProblem } from './read-problem.ts';

/** Where a log opens: at an end, the first error, a line, or a place as other pages of the hub name it. */
export type Opening = { at: 'start' | 'end' | 'error' } | { around: number } | { place: string };

/** So long after a failure it is tried again, twice as long after the next one, and so on up to the last. */
const [retryMs, longestRetryMs] = [2_000, 30_000];

/**
 * An attempt's log: its lines as they are looked at, and on from its end as it is written. The stream is closed while nobody
 * looks at the page and goes on where it was.
 */
export function useLog(tenant: string, id: Id<'event'>, attempt: number | undefined, opening: () => Opening) {
  const client = useMemo(() => createBrowserClient(tenant), [tenant]);
  const address = useMemo(() => ({ id, ...(attempt === undefined ? {} : { attempt }) }), [id, attempt]);
  const store = useMemo(() => {
    // Once it is known which attempt is the latest, it stays that one.
    const made: LogStore = createLogStore((from) =>
      client.events.logLines.query({ id, attempt: made.state().attempt, from, limit: pageLines }),
    );
    return made;
  }, [client, id]);
  const [tries, openAgain] = useReducer((count: number) => count + 1, 0);
  // Where it opens is decided once
  useEffect(() => followInto(store, client, address, opening()), [store, client, address, tries]);
  const state = useSyncExternalStore(store.subscribe, store.state, store.state);
  return { store, state, client, openAgain };
}

export type Client = ReturnType<typeof createBrowserClient>;
interface LogAddress {
  id: Id<'event'>;
  attempt?: number;
}

/** Opens the log, and follows it while the page can be seen. The returned function ends both. */
function followInto(store: LogStore, client: Client, address: LogAddress, opening: Opening): () => void {
  let position: string | undefined;
  let ended = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = retryMs;
  const failed = (error: unknown): void => {
    if (!ended) store.set({ status: 'interrupted', problem: readProblem(error) });
  };
  const reading = (): LogState['status'] => (store.state().status === 'complete' ? 'complete' : 'following');

  async function open(): Promise<void> {
    try {
      const { entries, complete, ...log } = await client.events.logLines.query({ ...address, ...opening });
      if (ended) return;
      position = log.position;
      const { attempt, total, error, asked, archived } = log;
      store.set({ attempt, total, error, asked, archived });
      store.put(entries, log.lost);
      // With attempt 0 there may still be one to come, or none ever: following tells.
      store.set({ status: complete && log.attempt > 0 ? 'complete' : 'following', problem: null });
      if (!complete || log.attempt === 0) stop = openWhileSeen(follow);
    } catch (error) {
      failed(error);
      timer = setTimeout(open, wait);
      wait = Math.min(wait * 2, longestRetryMs);
    }
  }

  function follow(done: () => void): () => void {
    const subscription = client.events.followLog.subscribe(
      { ...address, longLines: 'cut', ...(position === undefined ? {} : { lastEventId: position }) },
      {
        onData: ({ id, data }) => {
          position = id;
          if (data.complete) done();
          store.put(data.entries);
          const error = store.state().error ?? data.entries.find(({ level }) => level === 'error')?.line ?? null;
          store.set({ attempt: data.attempt, error, status: data.complete ? 'complete' : 'following', problem: null });
        },
        onConnectionStateChange: ({ state }) => {
          if (state === 'connecting' && store.state().total > 0) store.set({ status: 'interrupted' });
          else if (state === 'pending') store.set({ status: reading(), problem: null });
        },
        onError: failed,
      },
    );
    return () => subscription.unsubscribe();
  }

  let stop = (): void => clearTimeout(timer);
  void open();
  return () => {
    ended = true;
    clearTimeout(timer);
    stop();
  };
}
