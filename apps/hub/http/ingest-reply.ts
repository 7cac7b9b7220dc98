import type { IngestAnswer } from '@nexomatic/contracts/envelope';
import { type ErrorCode, errorCodes, type Problem, problem } from '@nexomatic/contracts/error-code';
import type { ReceiveOutcome } from '#server/ingress/receive-envelope.ts';

/** What the hub says about an envelope: in the same process to `receiveWebhook`, over HTTP to an edge. */
export type IngestReply =
  | { kind: 'answered'; status: number; answer: IngestAnswer }
  | { kind: 'refused'; status: number; problem: Problem; retryAfter?: number };

/** The one place where the outcome of a webhook becomes a status code. */
export function ingestReply(outcome: ReceiveOutcome, requestId: string): IngestReply {
  switch (outcome.kind) {
    case 'accepted':
      return answered(202, { status: 'accepted', receiptId: outcome.receiptId, eventId: outcome.eventId });
    case 'duplicate':
      return answered(200, { status: 'duplicate', receiptId: outcome.receiptId, eventId: outcome.eventId });
    case 'source_not_found':
      return refused('source_not_found', 'Check the address for missing or changed characters.', requestId);
    case 'settings_changed':
      return refused('settings_changed', 'Ask for the settings of the source and judge the request again.', requestId);
    case 'source_without_event_type':
      return refused('unprocessable', 'This source fires no event type yet; its owner has to choose one.', requestId);
    case 'event_type_disabled':
      return refused('event_type_disabled', 'The event type that this source fires is disabled.', requestId);
    case 'source_kind_refused': {
      const detail = `The event type that this source fires takes events from ${outcome.allowed} sources alone.`;
      return refused('unprocessable', detail, requestId);
    }
    case 'payload_invalid': {
      const reply = refused('payload_invalid', 'The body does not pass the schema; see errors.', requestId);
      return { ...reply, problem: { ...reply.problem, errors: outcome.errors } };
    }
    case 'empty_body':
      return refused('empty_body', 'Send a JSON value as the body.', requestId);
    case 'unsupported_media_type':
    case 'charset':
    case 'invalid_json':
      return refused(outcome.kind, outcome.detail, requestId);
    case 'unavailable': {
      const reply = refused('unavailable', 'The hub can not store it just now; send it again later.', requestId);
      return { ...reply, retryAfter: outcome.retryAfterSeconds };
    }
    default:
      return outcome satisfies never;
  }
}

const answered = (status: number, answer: IngestAnswer): IngestReply => ({ kind: 'answered', status, answer });

/** A refusal of that code. */
export function refused(code: ErrorCode, detail: string, requestId: string): IngestReply & { kind: 'refused' } {
  return { kind: 'refused', status: errorCodes[code].status, problem: problem(code, detail, { requestId }) };
}
