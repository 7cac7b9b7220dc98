import { listSignalsInput, listSignalsOutput, sendSignalInput, signalSummary } from '@nexomatic/contracts/signal-api';
import {
  createdSink,
  createSinkInput,
  listSinksInput,
  listSinksOutput,
  removeSinkInput,
  revokeSinkInput,
  sinkDetail,
  sinkRef,
  sinkSummary,
  updateSinkInput,
} from '@nexomatic/contracts/sink-api';
import { listTransitionsInput, listTransitionsOutput } from '@nexomatic/contracts/sink-transition-api';
import * as z from 'zod';
import { listSignals } from '../sinks/control/read-signals.ts';
import { sendSignal } from '../sinks/control/send-signal.ts';
import { sinkChanges } from '../sinks/control/sink-changes.ts';
import { createSink } from '../sinks/create-sink.ts';
import { getSink, listSinks } from '../sinks/read-sinks.ts';
import { listTransitions } from '../sinks/read-transitions.ts';
import { removeSink } from '../sinks/remove-sink.ts';
import { revokeSink } from '../sinks/revoke-sink.ts';
import { updateSink } from '../sinks/update-sink.ts';
import { router, tenantProcedure } from './procedure.ts';

const tags = ['sinks'];
const read = tenantProcedure('sinks.read');
const write = tenantProcedure('sinks.write');

/** The agents that run modules, as people see them. What they say themselves goes to `sink`. */
export const sinksRouter = router({
  list: read
    .meta({ openapi: { method: 'GET', path: '/sinks', operationId: 'listSinks', summary: 'List sinks', tags } })
    .input(listSinksInput)
    .output(listSinksOutput)
    .query(({ ctx: { services, tenantId }, input }) => listSinks(services, tenantId, input)),

  get: read
    .meta({ openapi: { method: 'GET', path: '/sinks/{id}', operationId: 'getSink', summary: 'Read one sink', tags } })
    .input(sinkRef)
    .output(sinkDetail)
    .query(({ ctx: { services, tenantId }, input }) => getSink(services, tenantId, input.id)),

  create: write
    .meta({
      openapi: {
        method: 'POST',
        path: '/sinks',
        operationId: 'createSink',
        summary: 'Make a sink that is let in by a standing token, which is shown this once',
        tags,
      },
    })
    .input(createSinkInput)
    .output(createdSink)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => createSink(services, tenantId, actor, input)),

  transitions: read
    .meta({
      openapi: {
        method: 'GET',
        path: '/sink-transitions',
        operationId: 'listSinkTransitions',
        summary: 'List when sinks came and went',
        tags,
      },
    })
    .input(listTransitionsInput)
    .output(listTransitionsOutput)
    .query(({ ctx: { services, tenantId }, input }) => listTransitions(services, tenantId, input)),

  update: write
    .meta({
      openapi: {
        method: 'PUT',
        path: '/sinks/{id}',
        operationId: 'updateSink',
        summary: 'Rename or describe a sink',
        tags,
      },
    })
    .input(updateSinkInput)
    .output(sinkSummary)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => updateSink(services, tenantId, actor, input)),

  signal: write
    .meta({
      openapi: {
        method: 'POST',
        path: '/sinks/{id}/signals',
        operationId: 'signalSink',
        summary: 'Tell a sink to pause, resume, drain, reset, or to end',
        tags,
      },
    })
    .input(sendSignalInput)
    .output(signalSummary)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => sendSignal(services, tenantId, actor, input)),

  signals: read
    .meta({
      openapi: {
        method: 'GET',
        path: '/sinks/{id}/signals',
        operationId: 'listSignals',
        summary: 'List what a sink was told, and what came of it',
        tags,
      },
    })
    .input(listSignalsInput)
    .output(listSignalsOutput)
    .query(({ ctx: { services, tenantId }, input }) => listSignals(services, tenantId, input)),

  /** Which sinks, or signals to them, changed, gathered for a quarter of a second. */
  changes: read.subscription(({ ctx: { services, tenantId }, signal = never }) =>
    sinkChanges(services.live, tenantId, signal),
  ),

  revoke: write
    .meta({
      openapi: {
        method: 'POST',
        path: '/sinks/{id}/revoke',
        operationId: 'revokeSink',
        summary: 'Take a sink’s keys and token away, and cut its agent off',
        tags,
      },
    })
    .input(revokeSinkInput)
    .output(z.void())
    .mutation(({ ctx: { services, tenantId, actor }, input }) =>
      revokeSink(services, tenantId, actor, input.id, { confirmLoss: input.confirmLoss ?? false }),
    ),

  remove: write
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/sinks/{id}',
        operationId: 'removeSink',
        summary: 'Remove a sink, and cut its agent off',
        tags,
      },
    })
    .input(removeSinkInput)
    .output(z.void())
    .mutation(({ ctx: { services, tenantId, actor }, input }) => removeSink(services, tenantId, actor, input)),
});

/** For callers in the same process, who end a subscription by leaving its loop. */
const never = new AbortController().signal;
