import { type ErrorCode, errorCodes, type Problem, problem, problemContentType } from '@nexomatic/contracts/error-code';
import type { HandshakeAnswer } from '@nexomatic/signature/handshakes';
import type { Delivered } from './deliver.ts';
import { isOwnFault } from './own-faults.ts';
import type { Refused } from './refused.ts';

/** A response, and what it says in one word for the log. `cause` is for the log alone. */
export interface Answer {
  response: Response;
  outcome: 'accepted' | 'duplicate' | 'buffered' | 'handshake' | ErrorCode;
  cause?: string;
}

/** Seconds after which a sender may come again, where the hub named no number. */
const retryAfterSeconds = 10;

/** The one place that turns what became of an envelope into a status code. */
export function answerForward(outcome: Delivered, requestId: string): Answer {
  switch (outcome.kind) {
    case 'buffered': {
      const response = json(202, { status: 'buffered', requestId });
      return { outcome: 'buffered', response, ...(outcome.cause ? { cause: outcome.cause } : {}) };
    }
    case 'answered': {
      const { status, eventId, receiptId } = outcome.answer;
      if (status === 'accepted') return { outcome: status, response: json(202, { status, eventId, receiptId }) };
      return { outcome: status, response: json(200, { status, eventId, receiptId, duplicate: true }) };
    }
    case 'refused': {
      const { code, detail, errors } = outcome.problem;
      if (isOwnFault(code)) {
        const told = refuse(
          'unavailable',
          'The edge and its hub do not agree; send it again later.',
          requestId,
          retryLater(),
        );
        return { ...told, cause: `the hub answered ${code}: ${detail}` };
      }
      // One text, whoever noticed: a sender can't tell a malformed address from an unknown one.
      if (code === 'source_not_found') return sourceNotFound(requestId);
      const { status } = errorCodes[code];
      const headers = status === 429 || status >= 500 ? retryLater(outcome.retryAfter) : {};
      return refuse(code, detail, requestId, headers, errors);
    }
    case 'unreachable': {
      // Not "nothing was stored": a hub that answered too late may have stored it.
      const told = refuse('hub_unreachable', 'The hub did not answer; send it again later.', requestId, retryLater());
      return { ...told, cause: outcome.cause };
    }
    default:
      return outcome satisfies never;
  }
}

/** What is told where nobody can say just now whether the request is to be taken. */
export function answerUnknown(cause: string, requestId: string): Answer {
  const told = refuse('unavailable', 'This can not be taken just now; send it again later.', requestId, retryLater());
  return { ...told, cause };
}

/** What a request is told that was refused before it got to the hub's rules. */
export function answerRefused({ code, detail, headers, cause, ownerDetail }: Refused, requestId: string): Answer {
  const answer = refuse(code, detail, requestId, headers);
  return cause === code ? answer : { ...answer, cause: `${cause}: ${ownerDetail}` };
}

export const answerHandshake = ({ status, headers, body }: HandshakeAnswer): Answer => ({
  outcome: 'handshake',
  response: new Response(body, { status, headers }),
});

/** What an address that nobody has, or a disabled one, is told. */
export const sourceNotFound = (requestId: string): Answer =>
  refuse('source_not_found', 'Check the address for missing or changed characters.', requestId);

/** A problem document of that code. */
export function refuse(
  code: ErrorCode,
  detail: string,
  requestId: string,
  headers: Record<string, string> = {},
  errors?: Problem['errors'],
): Answer {
  const document = problem(code, detail, errors ? { requestId, errors } : { requestId });
  return {
    outcome: code,
    response: json(document.status, document, { 'content-type': problemContentType, ...headers }),
  };
}

/** A JSON answer. A plain header object and a text body take the short way through the hub's HTTP server. */
export function json(status: number, body: unknown, headers?: Record<string, string>): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
}

const retryLater = (seconds = retryAfterSeconds): Record<string, string> => ({ 'retry-after': String(seconds) });
