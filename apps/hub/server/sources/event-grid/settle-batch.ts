import type { Clock } from '@nexomatic/clock';
import type { PollCounts, PollOutcome } from '@nexomatic/contracts/event-grid-api';
import type { Logger } from '@nexomatic/logger';
import type { AcceptEvents } from '../../ingress/accept-event.ts';
import type { RequestCounters } from '../../requests/count-requests.ts';
import { explainFailure } from './explain-failure.ts';
import { keepLocks } from './keep-locks.ts';
import type { LockedEvent, Subscription } from './open-subscription.ts';
import type { RecordRejected } from './record-rejected.ts';
import { type TakenFor, takeEvent, type Verdict } from './take-event.ts';

export interface SettleDeps {
  acceptEvent: AcceptEvents;
  recordRejected: RecordRejected;
  requestCounters: Pick<RequestCounters, 'count'>;
  clock: Clock;
  logger: Logger;
  renewEveryMs: number;
}

export interface SettledBatch {
  outcome: Exclude<PollOutcome, 'empty' | 'failed'>;
  counts: PollCounts;
  detail: string | null;
}

type Judged = LockedEvent & { verdict: Verdict };

/**
 * Takes the events of one poll and then tells Azure: what is stored, or was before, is acknowledged – never earlier – and the
 * rest rejected or released. Their locks are renewed in the meantime.
 */
export async function settleBatch(
  deps: SettleDeps,
  { subscription, takenFor }: { subscription: Subscription; takenFor: TakenFor },
  events: LockedEvent[],
): Promise<SettledBatch> {
  const { logger } = deps;
  const locks = keepLocks(
    { subscription, logger, everyMs: deps.renewEveryMs },
    events.map(({ lockToken }) => lockToken),
  );
  let judged: Judged[];
  try {
    judged = await Promise.all(events.map((event) => judge(deps, takenFor, event)));
  } finally {
    await locks.stop();
  }
  const told = await Promise.allSettled(callsFor(subscription, judged));
  const failures = told.flatMap((call) => (call.status === 'rejected' ? [explainFailure(call.reason)] : []));
  const lost = told.flatMap((call) => (call.status === 'fulfilled' ? call.value : [])).length;
  return summaryOf(judged, { failure: failures[0], lost });
}

async function judge(deps: SettleDeps, takenFor: TakenFor, event: LockedEvent): Promise<Judged> {
  try {
    const verdict = await takeEvent(deps, takenFor, event);
    if (verdict.kind === 'rejected') await deps.recordRejected(takenFor, event, verdict);
    if (verdict.kind !== 'released') deps.requestCounters.count(sourceOf(takenFor), counted[verdict.kind]);
    return { ...event, verdict };
  } catch (error) {
    deps.logger.error({ err: error, sourceId: takenFor.sourceId }, 'event_grid_event.failed');
    const detail = 'The hub failed while it took an event; its log tells more.';
    return { ...event, verdict: { kind: 'released', detail, delaySeconds: 60 } };
  }
}

/** How the source's own figures call it. */
const counted = { accepted: 'accepted', duplicate: 'duplicate', rejected: 'refused' } as const;
const sourceOf = ({ tenantId, sourceId }: TakenFor) => ({ tenantId, id: sourceId });

function callsFor(subscription: Subscription, judged: Judged[]): Promise<string[]>[] {
  const groups = Map.groupBy(judged, ({ verdict }) =>
    verdict.kind === 'released' ? verdict.delaySeconds : verdict.kind === 'rejected' ? 'reject' : 'acknowledge',
  );
  return [...groups].map(([how, group]) => {
    const tokens = group.map(({ lockToken }) => lockToken);
    return typeof how === 'number' ? subscription.release(tokens, how) : subscription[how](tokens);
  });
}

function summaryOf(judged: Judged[], told: { failure: string | undefined; lost: number }): SettledBatch {
  const count = (kind: Verdict['kind']): number => judged.filter(({ verdict }) => verdict.kind === kind).length;
  const counts = {
    received: judged.length,
    accepted: count('accepted'),
    duplicates: count('duplicate'),
    rejected: count('rejected'),
    released: count('released'),
  };
  const reason = (kind: Verdict['kind']): string | null =>
    judged.flatMap(({ verdict }) => (verdict.kind === kind && 'detail' in verdict ? [verdict.detail] : []))[0] ?? null;
  if (told.failure !== undefined || told.lost > 0) {
    const again = 'they come again, and what was taken is known then.';
    const detail = told.failure ?? `${told.lost} locks had ended before Azure could be told; ${again}`;
    return { outcome: 'unsettled', counts, detail };
  }
  if (counts.released > 0) return { outcome: 'held_back', counts, detail: reason('released') };
  return { outcome: 'taken', counts, detail: reason('rejected') };
}
