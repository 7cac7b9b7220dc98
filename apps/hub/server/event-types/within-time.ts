import { createContext, Script } from 'node:vm';

/** Thrown by `withinTime`. */
export class TookTooLongError extends Error {
  override name = 'TookTooLongError';
}

let guard: { run(work: () => unknown, ms: number): unknown } | undefined;

/**
 * Does synchronous work and gives it up after so many milliseconds. The engine's own watchdog ends it wherever it is, which
 * costs a call about 0.1 ms. For work whose length its input decides: everything else waits while it runs.
 */
export function withinTime<T>(ms: number, work: () => T): T {
  guard ??= openGuard();
  try {
    return guard.run(work, ms) as T;
  } catch (error) {
    // Of the room's own realm, so no instance of our `Error`.
    if ((error as { code?: unknown }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') {
      throw new TookTooLongError(`given up after ${ms} ms`, { cause: error });
    }
    throw error;
  }
}

function openGuard() {
  const room: { work: (() => unknown) | null } = { work: null };
  const context = createContext(room);
  const script = new Script('work()');
  return {
    run(work: () => unknown, timeout: number): unknown {
      room.work = work;
      try {
        return script.runInContext(context, { timeout });
      } finally {
        room.work = null;
      }
    },
  };
}
