import { listSessionsOutput, sessionRef } from '@nexomatic/contracts/session-api';
import * as z from 'zod';
import { endSession } from '../auth/end-session.ts';
import { listOwnSessions, revokeOtherSessions, revokeOwnSession } from '../auth/own-sessions.ts';
import { clearSessionCookie } from '../auth/session-cookie.ts';
import { locateObject } from '../objects/locate-object.ts';
import { router, signedInProcedure } from './procedure.ts';

/** Who is signed in, and in which browsers. */
export const sessionRouter = router({
  me: signedInProcedure.query(({ ctx: { principal } }) => {
    const { userId, email, name, instanceAdmin, memberships, member } = principal;
    return { userId, email, name, instanceAdmin, memberships, member };
  }),

  locate: signedInProcedure
    .input(z.strictObject({ id: z.string().max(40) }))
    .query(({ ctx, input }) => locateObject(ctx.services, ctx.principal.memberships, input.id)),

  signOut: signedInProcedure.mutation(async ({ ctx }) => {
    await endSession(ctx.services.db, ctx.principal.sessionId);
    ctx.setCookie(clearSessionCookie(ctx.services.env));
    return { signedOut: true };
  }),

  list: signedInProcedure
    .output(listSessionsOutput)
    .query(async ({ ctx }) => ({ sessions: await listOwnSessions(ctx.services, ctx.principal) })),

  revoke: signedInProcedure
    .input(sessionRef)
    .output(z.void())
    .mutation(({ ctx, input }) => revokeOwnSession(ctx.services, ctx.principal, ctx.actor, input.id)),

  revokeOthers: signedInProcedure
    .output(z.object({ revoked: z.int() }))
    .mutation(async ({ ctx }) => ({ revoked: await revokeOtherSessions(ctx.services, ctx.principal, ctx.actor) })),
});
