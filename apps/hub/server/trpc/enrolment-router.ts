import {
  accessTokenInput,
  accessTokenOutput,
  challengeInput,
  challengeOutput,
  joinInput,
  joinOutput,
} from '@nexomatic/contracts/enrolment-api';
import { issueAccessToken } from '../sinks/enrolment/issue-access-token.ts';
import { joinSink } from '../sinks/enrolment/join-sink.ts';
import { openProcedure, router } from './procedure.ts';

/** How a machine becomes a sink, and how it proves later that it is that one: asked before anybody is known. */
export const enrolmentRouter = router({
  join: openProcedure
    .input(joinInput)
    .output(joinOutput)
    .mutation(({ ctx, input }) => joinSink(ctx.services, input, ctx)),

  /** Reads and keeps nothing, and so tells nobody whether there is such a sink. */
  challenge: openProcedure
    .input(challengeInput)
    .output(challengeOutput)
    .mutation(({ ctx, input }) => ({ nonce: ctx.services.accessTokens.challenge(input.sinkId) })),

  token: openProcedure
    .input(accessTokenInput)
    .output(accessTokenOutput)
    .mutation(({ ctx, input }) => issueAccessToken(ctx.services, input, ctx.remoteAddress)),
});
