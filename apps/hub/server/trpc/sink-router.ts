import { leaveInput, rotateKeyInput } from '@nexomatic/contracts/enrolment-api';
import { moduleInventory } from '@nexomatic/contracts/module-inventory';
import { answerCheckInput, openCheckInput } from '@nexomatic/contracts/secret-check-api';
import {
  boxesToResealInput,
  boxesToResealOutput,
  resealBoxesInput,
  shareSecretInput,
  shareSecretOutput,
  sharesWantedOutput,
} from '@nexomatic/contracts/secret-sharing-api';
import { acknowledgeInput, followSignalsInput, setPausedInput } from '@nexomatic/contracts/signal-api';
import {
  appendLogInput,
  claimInput,
  handBackInput,
  heartbeatInput,
  helloInput,
  recordInput,
  releaseSecretsInput,
  renewInput,
  takeInput,
} from '@nexomatic/contracts/sink-protocol';
import { takeChecks } from '@nexomatic/queue/secret-checks';
import { tracked } from '@trpc/server';
import { answerCheck } from '../secrets/check/answer-check.ts';
import { openCheck } from '../secrets/check/open-check.ts';
import { findBoxesToReseal, findWants, keepResealedBoxes } from '../secrets/end-to-end/own-boxes.ts';
import { shareSecret } from '../secrets/end-to-end/share-secret.ts';
import { acknowledgeSignals } from '../sinks/control/acknowledge-signals.ts';
import { followSignals } from '../sinks/control/follow-signals.ts';
import { setPaused } from '../sinks/control/set-paused.ts';
import { rotateSinkKey } from '../sinks/enrolment/rotate-sink-key.ts';
import { actorOfSink } from '../sinks/enrolment/sink-actor.ts';
import { noteHeartbeat } from '../sinks/note-heartbeat.ts';
import { noteInventory } from '../sinks/note-inventory.ts';
import { getSink } from '../sinks/read-sinks.ts';
import { revokeSink } from '../sinks/revoke-sink.ts';
import { sayHello } from '../sinks/say-hello.ts';
import { router, sinkProcedure } from './procedure.ts';

const neverAborted = new AbortController().signal;

/** What sinks say to the hub; every call takes many items and answers one outcome for each, in the same order. */
export const sinkRouter = router({
  hello: sinkProcedure.input(helloInput).mutation(({ ctx, input }) => sayHello(ctx.services, ctx.sink, input)),

  claim: sinkProcedure
    .input(claimInput)
    .mutation(async ({ ctx, input }) => ({ outcomes: await ctx.services.claimAttempts(ctx.sink, input.tickets) })),

  take: sinkProcedure.input(takeInput).mutation(async ({ ctx, input, signal }) => ({
    outcomes: await ctx.services.gateway.take(ctx.sink, input, signal ?? neverAborted),
  })),

  renew: sinkProcedure
    .input(renewInput)
    .mutation(async ({ ctx, input }) => ({ outcomes: await ctx.services.renewLeases(ctx.sink, input.attempts) })),

  appendLogs: sinkProcedure
    .input(appendLogInput)
    .mutation(async ({ ctx, input }) => ({ outcomes: await ctx.services.appendLogs(ctx.sink, input.chunks) })),

  record: sinkProcedure
    .input(recordInput)
    .mutation(async ({ ctx, input }) => ({ outcomes: await ctx.services.recordResults(ctx.sink, input.reports) })),

  handBack: sinkProcedure
    .input(handBackInput)
    .mutation(async ({ ctx, input }) => ({ outcomes: await ctx.services.handBack(ctx.sink, input.attempts) })),

  releaseSecrets: sinkProcedure.input(releaseSecretsInput).mutation(async ({ ctx, input }) => {
    const { remoteAddress, requestId } = ctx;
    const origin = { remoteAddress, requestId };
    return { outcomes: await ctx.services.releaseSecrets(ctx.sink, input.attempts, origin) };
  }),

  openCheck: sinkProcedure.input(openCheckInput).mutation(({ ctx, input }) => {
    const { remoteAddress, requestId } = ctx;
    return openCheck(ctx.services, ctx.sink, input.id, { remoteAddress, requestId });
  }),

  answerCheck: sinkProcedure.input(answerCheckInput).mutation(async ({ ctx, input }) => {
    await answerCheck(ctx.services, ctx.sink, input);
    return {};
  }),

  sharesWanted: sinkProcedure
    .output(sharesWantedOutput)
    .query(async ({ ctx }) => ({ wants: await findWants(ctx.services, ctx.sink) })),

  shareSecret: sinkProcedure
    .input(shareSecretInput)
    .output(shareSecretOutput)
    .mutation(({ ctx, input }) => shareSecret(ctx.services, ctx.sink, input, ctx)),

  boxesToReseal: sinkProcedure
    .input(boxesToResealInput)
    .output(boxesToResealOutput)
    .query(async ({ ctx, input }) => ({ boxes: await findBoxesToReseal(ctx.services, ctx.sink, input.boxKey) })),

  resealBoxes: sinkProcedure.input(resealBoxesInput).mutation(async ({ ctx, input }) => {
    await keepResealedBoxes(ctx.services, ctx.sink, input);
    return {};
  }),

  /** How the hub sees the sink that asks. */
  self: sinkProcedure.query(async ({ ctx: { services, sink } }) => {
    const { runningEvents: _, ...seen } = await getSink(services, sink.tenantId, sink.sinkId);
    return seen;
  }),

  tellModules: sinkProcedure.input(moduleInventory).mutation(async ({ ctx, input }) => {
    await noteInventory(ctx.services, ctx.sink, input);
    return {};
  }),

  rotateKey: sinkProcedure.input(rotateKeyInput).mutation(async ({ ctx, input }) => {
    await rotateSinkKey(ctx.services, ctx.sink, input, ctx);
    return {};
  }),

  leave: sinkProcedure.input(leaveInput).mutation(async ({ ctx, input }) => {
    const { tenantId, sinkId } = ctx.sink;
    const how = { action: 'sink.left', confirmLoss: input?.confirmLoss ?? false } as const;
    await revokeSink(ctx.services, tenantId, actorOfSink(ctx.sink, ctx), sinkId, how);
    return {};
  }),

  /** What this sink is told to do, until it ends the stream. */
  signals: sinkProcedure.input(followSignalsInput).subscription(async function* ({
    ctx: { services, sink },
    input: { lastEventId },
    signal = neverAborted,
  }) {
    for await (const message of followSignals(services, sink, lastEventId ?? null, signal)) {
      if (message.type === 'signal') yield tracked(message.id, message);
      else yield message;
    }
  }),

  acknowledge: sinkProcedure.input(acknowledgeInput).mutation(async ({ ctx, input }) => {
    await acknowledgeSignals(ctx.services, ctx.sink, input.acknowledgements);
    return {};
  }),

  setPaused: sinkProcedure.input(setPausedInput).mutation(async ({ ctx, input }) => {
    await setPaused(ctx.services, ctx.sink, actorOfSink(ctx.sink, ctx), input.paused);
    return {};
  }),

  heartbeat: sinkProcedure.input(heartbeatInput).mutation(async ({ ctx, input }) => {
    await noteHeartbeat(ctx.services, ctx.sink, input);
    // Without Redis nobody could have noted one.
    const checks = await takeChecks(ctx.services.redis, ctx.sink.sinkId).catch(() => []);
    const shares = await ctx.services.sharers.has(ctx.sink.sinkId).catch(() => false);
    return { ...(checks.length > 0 ? { checks } : {}), ...(shares ? { shares } : {}) };
  }),
});
