import { systemClock } from '@nexomatic/clock';
import { newUuid } from '@nexomatic/contracts/id';

/** What one subscription holds: events that wait, are locked, or were dead-lettered. */
export interface FakeQueue {
  publish(...events: string[]): void;
  /** Locks up to so many events for whoever asks. */
  take(count: number): { lockToken: string; deliveryCount: number; json: string }[];
  /** False: nothing is locked by this token any more. */
  acknowledge(token: string): boolean;
  reject(token: string): boolean;
  release(token: string, delayMs: number): boolean;
  renew(token: string): boolean;
  /** JSON of what is not settled, and of what was rejected. */
  left(): string[];
  deadLetters: string[];
  /** Called at each change that a waiting receive may care for. */
  onChange: Set<() => void>;
}

interface Entry {
  json: string;
  deliveryCount: number;
  availableAt: number;
  lockToken: string | null;
}

export function createQueue(lockMs: number): FakeQueue {
  const entries = new Set<Entry>();
  const onChange = new Set<() => void>();
  const deadLetters: string[] = [];
  const now = () => systemClock.monotonic();
  const changed = () => {
    for (const listener of onChange) listener();
  };

  function locked(token: string, then: (entry: Entry) => void): boolean {
    const entry = [...entries].find(({ lockToken, availableAt }) => lockToken === token && availableAt > now());
    if (entry) then(entry);
    changed();
    return entry !== undefined;
  }

  return {
    onChange,
    deadLetters,
    publish(...events) {
      for (const json of events) entries.add({ json, deliveryCount: 0, availableAt: 0, lockToken: null });
      changed();
    },
    take(count) {
      const free = [...entries].filter(({ availableAt }) => availableAt <= now()).slice(0, count);
      return free.map((entry) => {
        const lockToken = newUuid();
        entry.lockToken = lockToken;
        entry.deliveryCount += 1;
        entry.availableAt = now() + lockMs;
        return { lockToken, deliveryCount: entry.deliveryCount, json: entry.json };
      });
    },
    acknowledge: (token) => locked(token, (entry) => entries.delete(entry)),
    reject: (token) =>
      locked(token, (entry) => {
        entries.delete(entry);
        deadLetters.push(entry.json);
      }),
    release: (token, delayMs) =>
      locked(token, (entry) => {
        entry.lockToken = null;
        entry.availableAt = now() + delayMs;
      }),
    renew: (token) =>
      locked(token, (entry) => {
        entry.availableAt = now() + lockMs;
      }),
    left: () => [...entries].map(({ json }) => json),
  };
}
