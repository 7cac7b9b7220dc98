import type { ForwardOutcome } from '@nexomatic/client/forward-envelope';
import { type ErrorCode, errorCodes, type Problem, problem, problemContentType } from '@nexomatic/contracts/error-code';

/** A response, and what it says in one word for the log. `cause` is for the log alone. */
export interface Answer {
  response: Response;
  outcome: 'accepted' | 'duplicate' | ErrorCode;
  cause?: string;
}

/** Seconds after which a sender may come again, where the hub named no number. */
const retryAfterSeconds = 10;

/** Faults between edge and hub. Told to a sender, they would read as faults of its own request. */
const ownFaults: readonly ErrorCode[] = [
  'envelope_invalid',
  'bad_request',
  'unauthenticated',
  'forbidden',
  'not_found',
  'method_not_allowed',
];

/** The one place that turns what became of an envelope into a status code. */
export function answerForward(outcome: ForwardOutcome, requestId: string): Answer {
  switch (outcome.kind) {
    case 'answered': {
      const { status, eventId, receiptId } = outcome.answer;
      if (status === 'accepted') return { outcome: status, response: json(202, { status, eventId, receiptId }) };
      return { outcome: status, response: json(200, { status, eventId, receiptId, duplicate: true }) };
    }
    case 'refused': {
      const { code, detail, errors } = outcome.problem;
      if (ownFaults.includes(code)) {
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
