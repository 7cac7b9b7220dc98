import type { Clock } from '@nexomatic/clock';
import { type Id, lowestIdAt } from '@nexomatic/contracts/id';
import type { RequestSummary } from '@nexomatic/contracts/request-api';
import type { Database } from '@nexomatic/db/database';
import { findNewRequests } from '@nexomatic/db/ledger/requests';
import type { LiveBus } from '@nexomatic/queue/live';
import { openSourceHints } from '../events/hints.ts';
import { findSource } from '../sources/read-sources.ts';
import { showRequests } from './show-requests.ts';

interface Deps {
  db: Database;
  clock: Clock;
  live: Pick<LiveBus, 'subscribeToSources'>;
}

const gapMs = 250;
/** A hint may get lost with a Redis connection. */
const pollMs = 2_000;
/** Requests told at once; a source that gets more is told of by its list. */
const maxTold = 50;
/** Ids are made by the clock of whoever receives first, so a new one may be lower than one that was told. */
const lookBackMs = 10_000;

/** Requests that come to a source from now on, oldest first, until `signal` ends. With `after`, those since that one as well. */
export async function* listenRequests(
  { db, clock, live }: Deps,
  tenantId: Id<'tenant'>,
  { source, after }: { source: Id<'source'>; after: Id<'receipt'> | null },
  signal: AbortSignal,
): AsyncGenerator<RequestSummary, void, void> {
  await findSource(db.tenantEm(tenantId), source);
  using hints = openSourceHints(live, tenantId, { concerns: (ids) => ids.includes(source), gapMs, pollMs });
  const look = (from: Id<'receipt'>) => findNewRequests(db.sql, tenantId, source, { after: from, limit: maxTold });
  const lookedBack = () => lowestIdAt('receipt', clock.now() - lookBackMs);
  let from = after ?? lookedBack();
  // What is there already when the listening begins is not news.
  let told = new Set(after ? [] : await look(from));
  while (!signal.aborted) {
    const ids = await look(from);
    const fresh = ids.filter((id) => !told.has(id));
    // What has left the newest or the look-back does not come back, so it need not be known.
    told = new Set(ids);
    from = lookedBack();
    yield* (await showRequests({ db }, tenantId, fresh)).toReversed();
    await hints.next(signal);
  }
}
