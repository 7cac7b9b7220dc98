import { TRPCClientError } from '@trpc/client';

/**
 * What the caller has to do about a failed call.
 *
 * - `unauthenticated`: stop; the token is not, or no longer, valid.
 * - `retryable`: the hub was not reached, was busy or failed, or the tenant is suspended; the same call may be sent again.
 * - `rejected`: this very call will never be taken.
 * - `gave_up`: a call that would have been retried was ended because its caller is stopping.
 */
export type HubErrorKind = 'unauthenticated' | 'retryable' | 'rejected' | 'gave_up';

/** Why a call to the hub failed. The message names the call; `cause` is the original. */
export class HubError extends Error {
  override name = 'HubError';
  readonly kind: HubErrorKind;
  /** HTTP status of the answer, if there was one. */
  readonly status: number | undefined;
  constructor(kind: HubErrorKind, message: string, options: { status?: number | undefined; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.kind = kind;
    this.status = options.status;
  }
}

/** Sorts whatever a call threw into one of the kinds. */
export function toHubError(call: string, error: unknown): HubError {
  if (error instanceof HubError) return error;
  // What a credential throws reaches its caller wrapped.
  if (error instanceof Error && error.cause instanceof HubError) return error.cause;
  const status = statusOf(error);
  if (status === undefined) {
    return new HubError('retryable', `${call}: ${networkCause(error)}`, { cause: error });
  }
  const text = `${call}: the hub answered ${status} (${error instanceof Error ? error.message : String(error)})`;
  // A tenant that is suspended may be resumed: whoever works for it waits.
  const kind = codeOf(error) === 'tenant_suspended' ? 'retryable' : kindOf(status);
  return new HubError(kind, text, { status, cause: error });
}

function kindOf(status: number): HubErrorKind {
  if (status === 401) return 'unauthenticated';
  // A 2xx that could not be read is a proxy's page, not the hub's word.
  if (status < 400 || status === 408 || status === 429 || status >= 500) return 'retryable';
  return 'rejected';
}

function statusIn(response: unknown): number | undefined {
  if (typeof response !== 'object' || response === null || !('status' in response)) return undefined;
  return typeof response.status === 'number' ? response.status : undefined;
}

function statusOf(error: unknown): number | undefined {
  if (!(error instanceof TRPCClientError)) return undefined;
  const data: unknown = error.data;
  if (typeof data === 'object' && data !== null && 'httpStatus' in data && typeof data.httpStatus === 'number') {
    return data.httpStatus;
  }
  return statusIn(error.meta?.response);
}

/** The problem's code in the answer, if that is what it was. */
function codeOf(error: unknown): unknown {
  const data: unknown = error instanceof TRPCClientError ? error.data : undefined;
  if (typeof data !== 'object' || data === null || !('problem' in data)) return undefined;
  const { problem } = data;
  return typeof problem === 'object' && problem !== null && 'code' in problem ? problem.code : undefined;
}

/** `fetch failed` says nothing; the innermost cause (`connect ECONNREFUSED 127.0.0.1:4600`) does. */
function networkCause(error: unknown): string {
  let inner: unknown = error;
  while (inner instanceof Error && inner.cause instanceof Error) inner = inner.cause;
  if (inner instanceof DOMException && inner.name === 'TimeoutError') return 'no answer in time';
  if (inner instanceof AggregateError) return inner.errors.map((part: unknown) => messageOf(part)).join(', ');
  return messageOf(inner);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
