import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Permission } from '@nexomatic/contracts/permission';
import { initTRPC, TRPCError } from '@trpc/server';
import type { OpenApiMeta } from 'trpc-to-openapi';
import { actorOf } from '../auth/actor.ts';
import { tenantOf } from '../auth/authorize.ts';
import type { TrpcContext } from './context.ts';
import { problemFromError, trpcCodeOf } from './problem-from-error.ts';

/** A stream is cut after this time, and its reader comes back: whoever may no longer read is found out then. */
const maxDurationMs = 15 * 60_000;

const trpc = initTRPC
  .context<TrpcContext>()
  .meta<OpenApiMeta & { permission?: Permission | 'instance' }>()
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
  const { principal } = ctx;
  return next({ ctx: { ...ctx, principal, actor: actorOf(principal, ctx) } });
});

/** For people and programs of one tenant that hold the permission; `ctx.tenantId` is the tenant they speak to. */
export const tenantProcedure = (permission: Permission) =>
  mapped.meta({ permission }).use(({ ctx, next }) => {
    const { tenantId, principal } = tenantOf(ctx.principal, permission);
    return next({ ctx: { ...ctx, tenantId, principal, actor: actorOf(principal, ctx) } });
  });

/** For people who administer the instance, whatever they are in tenants. */
export const instanceProcedure = signedInProcedure.meta({ permission: 'instance' }).use(({ ctx, next }) => {
  // Whoever may not administer it learns nothing of what there is to administer.
  if (!ctx.principal.instanceAdmin) throw new NexomaticError('not_found', 'There is no such thing here.');
  return next();
});

/** For anybody: whoever joins is not known yet. What it may cost to be asked by strangers, the use case limits. */
export const openProcedure = mapped;

/** For sinks. */
export const sinkProcedure = mapped.use(({ ctx, next }) => {
  const { principal } = ctx;
  if (!principal)
    throw new NexomaticError('unauthenticated', 'Send a sink token: Authorization: Bearer nxa_… or nxs_…');
  if (principal.kind !== 'sink') throw new NexomaticError('forbidden', 'Only a sink token may do this.');
  return next({ ctx: { ...ctx, sink: principal } });
});
