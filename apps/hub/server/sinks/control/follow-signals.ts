import type { SignalMessage } from '@nexomatic/contracts/signal-api';
import { openSignalsOf, type SinkRef } from '@nexomatic/db/ledger/signals';
import type { Sql } from '@nexomatic/db/sql';
import type { SignalBus } from './signal-bus.ts';

/**
 * What a sink is to do, as it comes, until `signal` ends: whether it is to take work, and every signal that is not done. One
 * that comes back says what it heard last; what it has acknowledged up to there is not told again.
 */
export async function* followSignals(
  { sql, signals }: { sql: Sql; signals: Pick<SignalBus, 'listen'> },
  sink: SinkRef,
  lastHeard: string | null,
  signal: AbortSignal,
): AsyncGenerator<SignalMessage, void, void> {
  let woken = Promise.withResolvers<void>();
  const wake = (): void => woken.resolve();
  const stopListening = signals.listen(sink.sinkId, wake);
  signal.addEventListener('abort', wake);
  const told = new Set<string>();
  let paused: boolean | null = null;
  try {
    for (let first = true; !signal.aborted; first = false) {
      // What is written after the look wakes the next one.
      woken = Promise.withResolvers();
      const now = await openSignalsOf(sql, sink);
      if (!now) return;
      if (now.paused !== paused) yield { type: 'state', paused: now.paused };
      paused = now.paused;
      for (const { id, kind, eventId, attempt, by, received } of now.signals) {
        const heard = first && received && lastHeard !== null && id <= lastHeard;
        if (told.has(id) || heard) continue;
        told.add(id);
        yield { type: 'signal', id, kind, eventId, attempt, by };
      }
      await woken.promise;
    }
  } finally {
    signal.removeEventListener('abort', wake);
    stopListening();
  }
}
