import { type ErrorCode, errorCodes, type Problem, problem } from '@nexomatic/contracts/error-code';
import { suspendedDetail } from '@nexomatic/contracts/suspended-detail';
import { type AppLoadContext, data, redirect } from '@remix-run/server-runtime';
import { type $ZodIssue, toDotPath } from 'zod/v4/core';

/**
 * Runs a call to the hub for a page. A refusal becomes the page's problem document with its status; somebody who isn't
 * signed in is sent to sign in; everything else is thrown on and ends as an internal error.
 */
export async function hubCall<T>(context: AppLoadContext, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const refusal = refusalOf(error, context.requestId, 'This address is not well formed.');
    if (!refusal) throw error;
    if (refusal.code === 'unauthenticated') throw toSignIn(context);
    throw data(refusal, { status: refusal.status });
  }
}

/**
 * Runs a change that a form asked for. A refusal is given back, so that the form can stay on screen and say why; somebody
 * whose session has ended is sent to sign in, and what nobody foresaw is thrown on.
 */
export async function hubTry<T>(
  context: AppLoadContext,
  call: () => Promise<T>,
): Promise<{ done: T; problem?: undefined } | { problem: Problem; done?: undefined }> {
  try {
    return { done: await call() };
  } catch (error) {
    const problem = refusalOf(error, context.requestId, 'Something in it does not fit; nothing was saved.');
    if (!problem) throw error;
    if (problem.code === 'unauthenticated') throw toSignIn(context);
    return { problem };
  }
}

/** Whoever is signed in, of whatever tenants. */
export function requirePerson(context: AppLoadContext) {
  if (!context.principal) throw toSignIn(context);
  return context.principal;
}

/** To the sign-in, and from there back to the page that was asked for. */
const toSignIn = ({ path }: AppLoadContext) =>
  redirect(path === '/' ? '/login' : `/login?next=${encodeURIComponent(path)}`);

/** The tenant that the path names, for its members. A stranger's tenant and one that doesn't exist look the same. */
export function requireMember(context: AppLoadContext) {
  const { principal, requestId } = context;
  if (!principal) throw toSignIn(context);
  if (!principal.member) {
    const stopped = principal.suspended.find(({ slug }) => slug === principal.asked);
    if (stopped) throw data(problem('tenant_suspended', suspendedDetail(stopped.name), { requestId }), { status: 403 });
    throw notFound(requestId);
  }
  return { principal, member: principal.member };
}

/** Whoever administers the hub. For everybody else its pages are not there. */
export function requireAdmin(context: AppLoadContext) {
  const principal = requirePerson(context);
  if (!principal.instanceAdmin) throw notFound(context.requestId);
  return principal;
}

export const notFound = (requestId: string) =>
  data(problem('not_found', 'Nothing is at this address, or you may not see it.', { requestId }), { status: 404 });

/** Known by name, not by class: the build has its own copy of the class. */
function refusalOf(error: unknown, requestId: string, unfit: string): Problem | null {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return null;
  if ('code' in cause && cause.name === 'NexomaticError' && isErrorCode(cause.code)) {
    const facts = 'facts' in cause && typeof cause.facts === 'object' ? cause.facts : {};
    return problem(cause.code, cause.message, { requestId, ...facts });
  }
  // What the procedure's input schema refuses: an address that somebody typed or cut off, or what stands in a form.
  if (error instanceof Error && 'code' in error && error.code === 'BAD_REQUEST')
    return problem('bad_request', unfit, { requestId, errors: inputErrors(cause) });
  return null;
}

/** The faults that a schema found, with the paths of their fields. */
const inputErrors = (error: Error) =>
  'issues' in error && Array.isArray(error.issues)
    ? (error.issues as $ZodIssue[]).map(({ path, message }) => ({ path: toDotPath(path), message }))
    : [];

const isErrorCode = (code: unknown): code is ErrorCode => typeof code === 'string' && code in errorCodes;
