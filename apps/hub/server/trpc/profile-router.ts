import { profile, setPasswordInput, updateProfileInput } from '@nexomatic/contracts/session-api';
import * as z from 'zod';
import { sessionCookie } from '../auth/session-cookie.ts';
import { readOwnProfile, renameSelf } from '../users/own-profile.ts';
import { setOwnPassword } from '../users/set-own-password.ts';
import { router, signedInProcedure } from './procedure.ts';

/** Somebody's own account. */
export const profileRouter = router({
  get: signedInProcedure.output(profile).query(({ ctx }) => readOwnProfile(ctx.services, ctx.principal)),

  update: signedInProcedure
    .input(updateProfileInput)
    .output(z.void())
    .mutation(({ ctx, input }) => renameSelf(ctx.services, ctx.principal, ctx.actor, input.name)),

  setPassword: signedInProcedure
    .input(setPasswordInput)
    .output(z.object({ revoked: z.int().describe('sessions in other browsers that it ended') }))
    .mutation(async ({ ctx, input }) => {
      const { sessionToken, revoked } = await setOwnPassword(ctx.services, ctx.principal, ctx.actor, input);
      ctx.setCookie(sessionCookie(ctx.services.env, sessionToken));
      return { revoked };
    }),
});
