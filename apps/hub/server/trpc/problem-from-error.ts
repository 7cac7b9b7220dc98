import { type ErrorCode, errorCodes, NexomaticError, type Problem, problem } from '@nexomatic/contracts/error-code';
import { isUnavailable } from '@nexomatic/db/ledger/unavailable';
import { TRPCError } from '@trpc/server';
import * as z from 'zod/v4/core';

/** What the framework itself refuses with, before or beside any use case. */
const frameworkCodes: Partial<Record<TRPCError['code'], ErrorCode>> = {
  PARSE_ERROR: 'bad_request',
  BAD_REQUEST: 'bad_request',
  UNAUTHORIZED: 'unauthenticated',
  FORBIDDEN: 'forbidden',
  NOT_FOUND: 'not_found',
  METHOD_NOT_SUPPORTED: 'method_not_allowed',
  PAYLOAD_TOO_LARGE: 'payload_too_large',
  UNSUPPORTED_MEDIA_TYPE: 'unsupported_media_type',
};

/**
 * Any thrown value as the problem document that its caller gets. Only messages of `NexomaticError`, of input checks and
 * of the framework are safe to show; everything else says no more than the request id to quote.
 */
export function problemFromError(error: unknown, requestId: string): Problem {
  const cause = error instanceof TRPCError ? (error.cause ?? error) : error;
  if (cause instanceof NexomaticError) {
    return problem(cause.code, cause.message, { requestId, ...cause.facts });
  }
  if (isUnavailable(cause))
    return problem('unavailable', 'The database does not answer; try again shortly.', { requestId });
  if (error instanceof TRPCError) {
    if (error.code === 'BAD_REQUEST' && cause instanceof z.$ZodError) {
      return problem('bad_request', 'The input does not fit; see errors.', { requestId, errors: inputErrors(cause) });
    }
    const code = frameworkCodes[error.code];
    if (code) return problem(code, error.message, { requestId });
  }
  return problem('internal', `The hub failed; its log tells more under request id ${requestId}.`, { requestId });
}

/** The faults of an input, each with the path of the field (`state[1]`, `payload.name`). */
export function inputErrors(error: z.$ZodError): { path: string; message: string }[] {
  return error.issues.map((issue) => ({ path: z.toDotPath(issue.path), message: issue.message }));
}

/** tRPC's name for the status that a code is answered with; tRPC takes the status of its answer from this name. */
export function trpcCodeOf(code: ErrorCode): TRPCError['code'] {
  return trpcCodes[errorCodes[code].status];
}

const trpcCodes: Record<(typeof errorCodes)[ErrorCode]['status'], TRPCError['code']> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_SUPPORTED',
  408: 'TIMEOUT',
  409: 'CONFLICT',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  422: 'UNPROCESSABLE_CONTENT',
  // tRPC has no name for it; the answer is given its status by hand.
  426: 'PRECONDITION_FAILED',
  429: 'TOO_MANY_REQUESTS',
  // Of webhooks alone; tRPC has no name for it.
  431: 'BAD_REQUEST',
  500: 'INTERNAL_SERVER_ERROR',
  503: 'SERVICE_UNAVAILABLE',
};
