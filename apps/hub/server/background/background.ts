import { wipeReplacedValues } from '@nexomatic/db/ledger/secret-values';
import { createArchiver } from '../archive/archive-logs.ts';
import { createStorageMeter } from '../archive/measure-storage.ts';
import { createRestorer } from '../archive/restorer.ts';
import { createSweep } from '../attempts/sweep-with-grace.ts';
import { sweepExpired } from '../auth/sweep-expired.ts';
import { runBulk } from '../bulk/run-bulk.ts';
import { reconcileQueues } from '../dispatch/reconcile-queues.ts';
import { rewrap } from '../keyring/rewrap.ts';
import { forgetOldRequests } from '../requests/forget-old.ts';
import { createScheduleTicker } from '../schedules/schedule-ticker.ts';
import { resealValues } from '../secrets/reseal-values.ts';
import type { Services } from '../services.ts';
import { forgetSignals } from '../sinks/control/forget-signals.ts';
import { markLostSinks } from '../sinks/mark-lost-sinks.ts';
import { noteTransitions } from '../sinks/note-transitions.ts';
import { createEventGridConsumers } from '../sources/event-grid/consumers.ts';
import { rollUpCounts } from '../stats/roll-up-counts.ts';
import { createLoop, type Loop } from './loop.ts';

/** The duties that keep every promise when something else has failed. Any number of hubs may run them at once. */
export function createBackground(services: Services): Loop {
  const { relay, logger, sql, clock } = services;
  const sweep = createSweep(services);
  const archiveLogs = createArchiver(services);
  const duties = [
    { name: 'outbox-relay', everyMs: 1_000, runOnce: async () => (await relay.sweep()) > 0 },
    { name: 'deadline-sweep', everyMs: 1_000, runOnce: async () => (await sweep()) > 0 },
    { name: 'queue-reconcile', everyMs: 2_000, runOnce: () => once(reconcileQueues(services)) },
    { name: 'redis-restore', everyMs: 2_000, runOnce: () => once(services.directAccess.restore()) },
    { name: 'counts-roll-up', everyMs: 10 * 60_000, runOnce: () => rollUpCounts(services) },
    { name: 'bulk-jobs', everyMs: 1_000, runOnce: () => runBulk(services) },
    { name: 'session-sweep', everyMs: 10 * 60_000, runOnce: () => once(sweepExpired(services)) },
    { name: 'request-retention', everyMs: 10 * 60_000, runOnce: () => forgetOldRequests(services) },
    { name: 'log-archive', everyMs: 15_000, runOnce: archiveLogs },
    { name: 'log-restore', everyMs: 5_000, runOnce: createRestorer(services) },
    { name: 'storage-meter', everyMs: 60_000, runOnce: createStorageMeter(services) },
    { name: 'signal-expiry', everyMs: 10_000, runOnce: () => forgetSignals(services) },
    { name: 'secret-values', everyMs: 60_000, runOnce: () => wipeReplacedValues(sql, new Date(clock.now())) },
    { name: 'keyring-rewrap', everyMs: 60_000, runOnce: () => rewrap(services) },
    { name: 'secret-reseal', everyMs: 5_000, runOnce: () => resealValues(services) },
    { name: 'sink-presence', everyMs: 5_000, runOnce: () => once(markLostSinks(services)) },
    { name: 'sink-history', everyMs: 2_000, runOnce: () => once(noteTransitions(services)) },
  ].map((definition) => createLoop(definition, logger));
  const loops = [...duties, createEventGridConsumers(services), createScheduleTicker(services)];

  return {
    start() {
      for (const loop of loops) loop.start();
    },
    async stop() {
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}

async function once(work: Promise<unknown>): Promise<boolean> {
  await work;
  return false;
}
