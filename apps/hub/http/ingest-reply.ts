import type { IngestAnswer } from '@nexomatic/contracts/envelope';
import { type ErrorCode, errorCodes, type Problem, problem } from '@nexomatic/contracts/error-code';
import type { ReceiveOutcome } from '#server/ingress/receive-envelope.ts';
import { refusalOf } from '#server/ingress/refusal-of.ts';

/** What the hub says about an envelope: in the same process to `receiveWebhook`, over HTTP to an edge. */
export type IngestReply =
  | { kind: 'answered'; status: number; answer: IngestAnswer }
  | { kind: 'refused'; status: number; problem: Problem; retryAfter?: number };

/** The one place where the outcome of a webhook becomes a status code. */
export function ingestReply(outcome: ReceiveOutcome, requestId: string): IngestReply {
  switch (outcome.kind) {
    case 'accepted':
      return answered(202, { status: 'accepted', receiptId: outcome.receiptId, eventId: outcome.eventId });
    case 'filtered':
      return answered(202, { status: 'accepted', receiptId: outcome.receiptId, eventId: null });
    case 'duplicate':
      return answered(200, { status: 'duplicate', receiptId: outcome.receiptId, eventId: outcome.eventId });
    default: {
      const { code, detail, errors, retryAfterSeconds } = refusalOf(outcome);
      const reply = refused(code, detail, requestId);
      return {
        ...reply,
        problem: errors ? { ...reply.problem, errors } : reply.problem,
        ...(retryAfterSeconds === undefined ? {} : { retryAfter: retryAfterSeconds }),
      };
    }
  }
}

const answered = (status: number, answer: IngestAnswer): IngestReply => ({ kind: 'answered', status, answer });

/** A refusal of that code. */
export function refused(code: ErrorCode, detail: string, requestId: string): IngestReply & { kind: 'refused' } {
  return { kind: 'refused', status: errorCodes[code].status, problem: problem(code, detail, { requestId }) };
}
