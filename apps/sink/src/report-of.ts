import type { Assignment, Report } from '@nexomatic/contracts/sink-protocol';
import type { ModuleOutcome } from './runner/runner.ts';
import type { EndCause } from './running-attempt.ts';

type Claimed = Pick<Assignment, 'eventId' | 'attempt' | 'timeoutMs'>;

const longestMessage = 2_000;

/** Why an attempt was ended counts for more than what its module said while it was being ended. */
function decided(assignment: Claimed, outcome: ModuleOutcome, cause: EndCause | undefined): ModuleOutcome {
  const { exitCode } = outcome;
  const code = exitCode === undefined ? {} : { exitCode };
  if (cause === 'timeout') {
    const limit = `${assignment.timeoutMs / 1_000} s`;
    return {
      state: 'ERROR',
      reason: 'timeout',
      message: `it ran longer than the limit of ${limit} and was ended`,
      ...code,
    };
  }
  if (cause === 'cancelled')
    return { state: 'ERROR', reason: 'cancelled', message: 'it was cancelled while it ran', ...code };
  return outcome;
}

/** What the hub is told about an attempt that has ended. */
export function reportOf(
  assignment: Claimed,
  outcome: ModuleOutcome,
  cause: EndCause | undefined,
  lastLogSeq: number,
): Report {
  const { state, reason, message, resultJson, exitCode } = decided(assignment, outcome, cause);
  return {
    eventId: assignment.eventId,
    attempt: assignment.attempt,
    state,
    lastLogSeq,
    ...(reason === undefined ? {} : { reason }),
    ...(message === undefined ? {} : { message: clip(message) }),
    ...(resultJson === undefined ? {} : { result: { utf8: resultJson } }),
    ...(exitCode === undefined ? {} : { exitCode }),
  };
}

function clip(text: string): string {
  return text.length <= longestMessage ? text : `${text.slice(0, longestMessage - 1).toWellFormed()}…`;
}
