import type { RanArchive } from '@nexomatic/contracts/archive-api';
import type { Id } from '@nexomatic/contracts/id';
import { tenantRetentions } from '@nexomatic/db/ledger/retention';
import type { Services } from '../services.ts';
import { archiveRound, beginPass } from './archive-round.ts';
import { takeArchiveTurn } from './archive-turn.ts';
import { asOneHub } from './as-one-hub.ts';

/** Whoever asked waits for so long; the rest is left to the archiver. */
const enoughMs = 20_000;

type Deps = Pick<Services, 'sql' | 'clock' | 'logger' | 'blobs'>;

/**
 * Moves what is due of one tenant now, in place of at the next pass. Refuses with `archive_unavailable` and the reason while
 * the store fails, and with `conflict` while a hub is at it.
 */
export async function runArchive(deps: Deps, tenantId: Id<'tenant'>): Promise<RanArchive> {
  const { sql, clock, logger } = deps;
  const tenant = (await tenantRetentions(sql)).find((one) => one.tenantId === tenantId);
  if (!tenant) return { archived: 0, forgotten: 0, done: true };
  return await asOneHub(deps, async (holder, store) => {
    const until = clock.monotonic() + enoughMs;
    const goOn = async () => clock.monotonic() < until && (await takeArchiveTurn(deps, holder));
    const pass = beginPass(tenant);
    const ran = { archived: 0, forgotten: 0, done: false };
    do {
      const round = await archiveRound({ sql, store, logger, now: new Date(clock.now()), goOn }, pass);
      ran.archived += round.archived;
      ran.forgotten += round.forgotten;
      ran.done = round.done;
    } while (!ran.done && clock.monotonic() < until);
    return ran;
  });
}
