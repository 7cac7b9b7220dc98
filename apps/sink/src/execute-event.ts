import { setTimeout as sleep } from 'node:timers/promises';
import type { SinkClient } from '@nexomatic/client/sink-client';
import { tryDeadlineMs } from '@nexomatic/client/sink-client';
import type { Clock } from '@nexomatic/clock';
import type { Assignment, ClaimOutcome } from '@nexomatic/contracts/sink-protocol';
import type { Ticket } from '@nexomatic/contracts/ticket';
import type { Logger } from '@nexomatic/logger';
import { TicketReturned } from '@nexomatic/queue/worker';
import type { MaskerPool } from '@nexomatic/redaction/masker-pool';
import type { LeaseKeeper } from './leases/keep-leases.ts';
import { openAttemptLog } from './logs/open-attempt-log.ts';
import { reportOf } from './report-of.ts';
import { maskOutcome } from './runner/mask-outcome.ts';
import type { ModuleOutcome, Runner } from './runner/runner.ts';
import { type EndCause, RunningAttempt } from './running-attempt.ts';
import type { AskForSecrets } from './secrets/ask-for-secrets.ts';
import { startModule } from './secrets/start-with-secrets.ts';
import type { Delivery } from './spool/delivery.ts';

const pausedWaitMs = 1_000;

export interface ExecuteDeps {
  hub: Pick<SinkClient, 'claim' | 'handBack'>;
  delivery: Pick<Delivery, 'record' | 'appendLogs'>;
  runner: Runner;
  askForSecrets: AskForSecrets;
  leases: LeaseKeeper;
  /** For what an attempt must not tell anybody. */
  maskerOf: MaskerPool;
  clock: Clock;
  logger: Logger;
}

/** One ticket from claim to result. Rejects only when the hub could not be asked, or could not be told. */
export async function executeEvent(ticket: Ticket, deps: ExecuteDeps): Promise<void> {
  const { hub, clock } = deps;
  const askedAt = clock.monotonic();
  const outcome = await hub.claim(ticket);
  // The answer may be that of a repeated try, but of none that began longer ago than a try may last.
  await executeClaimed(outcome, Math.max(askedAt, clock.monotonic() - tryDeadlineMs), deps);
}

/** What came of a claim, to its result. The lease can't have begun before `leaseFrom`, on the monotonic clock. */
export async function executeClaimed(outcome: ClaimOutcome, leaseFrom: number, deps: ExecuteDeps): Promise<void> {
  const { eventId, attempt } = outcome;
  switch (outcome.outcome) {
    case 'claimed':
      return execute({ assignment: outcome, leaseFrom }, deps);
    case 'refused':
      deps.logger.info({ eventId, attempt, reason: outcome.reason, message: outcome.message }, 'ticket.refused');
      return;
    case 'paused':
      // The agent hears of a pause by its stream; until then it is not to ask again and again.
      await sleep(pausedWaitMs);
      throw new TicketReturned('this sink is paused');
    case 'gone':
      deps.logger.debug({ eventId, attempt }, 'ticket.gone');
      return;
  }
}

interface Claimed {
  assignment: Assignment;
  leaseFrom: number;
}

async function execute({ assignment, leaseFrom }: Claimed, deps: ExecuteDeps): Promise<void> {
  const { leases, clock } = deps;
  const startedAt = clock.monotonic();
  const log = openAttemptLog(deps, assignment);
  const running = new RunningAttempt(assignment, startModule(deps, assignment, log), { leaseFrom, startedAt });
  leases.add(running);
  let delivered = Promise.resolve();
  try {
    const outcome = await running.outcome;
    const cause = causeOf(running.cause, outcome);
    const endedAt = clock.monotonic();
    const lastLogSeq = await log.close();
    const report = reportOf(assignment, maskOutcome(outcome, log.masker), cause, lastLogSeq);
    const telling = await tell(lastLogSeq > 0 ? { ...report, lastLogLine: log.lines } : report, cause, deps);
    const { told } = telling;
    ({ delivered } = telling);
    deps.logger.info(
      {
        eventId: assignment.eventId,
        attempt: assignment.attempt,
        rootId: assignment.rootId,
        traceId: assignment.traceId,
        eventType: assignment.eventType,
        module: assignment.module,
        state: report.state,
        reason: report.reason,
        exitCode: report.exitCode,
        cause,
        told,
        ms: Math.round(endedAt - startedAt),
        logBytes: log.written,
        lastLogSeq,
      },
      'attempt.finished',
    );
  } finally {
    // Until the hub has the result its lease is held, so that the event is not taken for lost.
    void delivered.finally(() => leases.remove(running));
  }
}

/** What was not even started is never told as a result, unless somebody wanted its end. */
function causeOf(cause: EndCause | undefined, { unstarted }: ModuleOutcome): EndCause | undefined {
  if (!unstarted || cause === 'cancelled' || cause === 'timeout' || cause === 'lost') return cause;
  if (unstarted === 'lost') return 'lost';
  return cause === 'stopping' ? cause : 'no_secrets';
}

/** Tells the hub how it ended, if the attempt is still this sink's to tell about. */
async function tell(
  report: ReturnType<typeof reportOf>,
  cause: EndCause | undefined,
  { hub, delivery }: ExecuteDeps,
): Promise<{ told: string; delivered: Promise<void> }> {
  const delivered = Promise.resolve();
  if (cause === 'lost' || cause === 'fenced') return { told: 'nothing', delivered };
  if (cause !== 'stopping' && cause !== 'no_secrets') return delivery.record(report);
  const { eventId, attempt } = report;
  return { told: await hub.handBack({ eventId, attempt, why: cause }), delivered };
}
