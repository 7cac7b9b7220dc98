import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import { initTRPC, TRPCError } from '@trpc/server';
import type { OpenApiMeta } from 'trpc-to-openapi';
import { may, type Permission } from '../auth/permissions.ts';
import type { Principal } from '../auth/principal.ts';
import type { TrpcContext } from './context.ts';
import { problemFromError, trpcCodeOf } from './problem-from-error.ts';

/** A stream is cut after this time, and its reader comes back: whoever may no longer read is found out then. */
const maxDurationMs = 15 * 60_000;

const trpc = initTRPC
  .context<TrpcContext>()
  .meta<OpenApiMeta>()
  .create({
    // A stack never leaves the process; the error's `data.problem` is what REST would have answered.
    isDev: false,
    errorFormatter: ({ shape, error, ctx }) => {
      const problem = problemFromError(error, ctx?.requestId ?? 'unknown');
      // Not as the framework sees it: what a stream throws on its way has passed no middleware.
      const { status: httpStatus } = problem;
      const code = trpcCodeOf(problem.code);
      return { ...shape, message: problem.detail, data: { ...shape.data, code, httpStatus, problem } };
    },
    // Comments that keep proxies from closing a silent stream, and let the reader notice a dead one.
    sse: { ping: { enabled: true, intervalMs: 10_000 }, client: { reconnectAfterInactivityMs: 25_000 }, maxDurationMs },
  });

export const { router, createCallerFactory } = trpc;

/** Gives a failure the status of its code in the error table; what has none stays an internal error. */
const mapped = trpc.procedure.use(async ({ ctx, next }) => {
  const { refusal } = ctx;
  if (refusal) throw new TRPCError({ code: trpcCodeOf(refusal.code), message: refusal.message, cause: refusal });
  const result = await next();
  if (result.ok || result.error.code !== 'INTERNAL_SERVER_ERROR') return result;
  const { code, detail } = problemFromError(result.error, ctx.requestId);
  if (code === 'internal') return result;
  throw new TRPCError({ code: trpcCodeOf(code), message: detail, cause: result.error.cause });
});

/** For anybody who is signed in, whatever tenant the request is about. */
export const signedInProcedure = mapped.use(({ ctx, next }) => {
  if (ctx.principal?.kind !== 'user') throw new NexomaticError('unauthenticated', 'Sign in to do this.');
  return next({ ctx: { ...ctx, principal: ctx.principal } });
});

/** For people and programs of one tenant that hold the permission; `ctx.tenantId` is the tenant they speak to. */
export const tenantProcedure = (permission: Permission) =>
  mapped.use(({ ctx, next }) => {
    return next({ ctx: { ...ctx, tenantId: tenantOf(ctx.principal, permission) } });
  });

/** For sinks. */
export const sinkProcedure = mapped.use(({ ctx, next }) => {
  const { principal } = ctx;
  if (!principal) throw new NexomaticError('unauthenticated', 'Send a sink token: Authorization: Bearer nxs_…');
  if (principal.kind !== 'sink') throw new NexomaticError('forbidden', 'Only a sink token may do this.');
  return next({ ctx: { ...ctx, sink: principal } });
});

/** Which tenant the principal speaks to; throws if it may not do this there. */
export function tenantOf(principal: Principal | null, permission: Permission): Id<'tenant'> {
  if (!principal) {
    throw new NexomaticError('unauthenticated', 'Send an API token (Authorization: Bearer nxt_…) or sign in.');
  }
  if (principal.kind === 'user') {
    const { member } = principal;
    // A tenant that one is no member of looks the same as one that doesn't exist.
    if (!member) throw new NexomaticError('not_found', 'There is no such tenant, or you are not a member of it.');
    if (!may(member.role, permission)) {
      throw new NexomaticError('forbidden', `Your role here (${member.role}) does not hold ${permission}.`);
    }
    return member.tenantId;
  }
  if (!may(principal.kind, permission)) {
    const kind = principal.kind === 'sink' ? 'sink token' : 'API token';
    throw new NexomaticError('forbidden', `A ${kind} does not hold ${permission}.`);
  }
  return principal.tenantId;
}
