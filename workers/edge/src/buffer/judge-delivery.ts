import type { ForwardOutcome } from '@nexomatic/client/forward-envelope';
import type { ErrorCode } from '@nexomatic/contracts/error-code';
import { isOwnFault } from '../own-faults.ts';

/** What is to be done with a held request after a try to deliver it. */
export type Verdict =
  /** The hub has it, or has refused it for good and noted that itself. */
  | { kind: 'delivered' }
  /** It is the hub that can't: again later, and nothing of the source before it. */
  | { kind: 'retry'; cause: string; afterSeconds?: number }
  /** Put aside for a person to look at; the next one goes on. */
  | { kind: 'dead'; code: string; detail: string };

/**
 * One request must not hold up all others of its source for ever. So often in a row the same one may meet an answer that
 * somebody else gave (a firewall's page) or a failure of the hub's own program. A hub that is away, or that says that it can't
 * just now, is waited for without end.
 */
const triesOfStrangeAnswer = 10;
const triesOfFailure = 20;

/**
 * Without a source the hub has no list of requests to note it in, and a disabled one may be enabled again. A held request is not
 * asked for its settings.
 */
const unexpected: readonly ErrorCode[] = ['source_not_found', 'settings_changed'];

/** The one place that decides by the hub's answer. `tries` counts this one. */
export function judgeDelivery(outcome: ForwardOutcome, tries: number): Verdict {
  switch (outcome.kind) {
    case 'answered':
      return { kind: 'delivered' };
    case 'refused': {
      const { status, problem, retryAfter } = outcome;
      const cause = `the hub answered ${problem.code}: ${problem.detail}`;
      if (isOwnFault(problem.code) || unexpected.includes(problem.code)) {
        return { kind: 'dead', code: problem.code, detail: problem.detail };
      }
      if (problem.code === 'internal' && tries >= triesOfFailure) {
        return { kind: 'dead', code: problem.code, detail: `${problem.detail} So it was ${tries} times in a row.` };
      }
      if (status >= 500 || status === 429 || status === 408) {
        return retryAfter === undefined ? { kind: 'retry', cause } : { kind: 'retry', cause, afterSeconds: retryAfter };
      }
      return { kind: 'delivered' };
    }
    case 'unreachable': {
      const { cause, status } = outcome;
      if (status === undefined || status >= 500 || tries < triesOfStrangeAnswer) return { kind: 'retry', cause };
      return { kind: 'dead', code: 'strange_answer', detail: `${tries} times in a row: ${cause}.` };
    }
    default:
      return outcome satisfies never;
  }
}
