import * as z from 'zod';
import { instant, nextCursor } from './definition-api.ts';
import { idSchema } from './id.ts';
import { sinkStatuses } from './sink-api.ts';

/** When sinks came, went and were told to stop, in the API. */

/**
 * - `connected`: its agent is there, after a start, a restart or a silence.
 * - `silent`: nothing was heard of its agent, though nobody had told it to stop.
 * - `stopped`: its agent ended, as it had said before.
 * - `revoked`: it is let in no more.
 * - `paused`, `resumed`, `draining`, `resetting`, `killing`, `force_killing`: it does as it was told.
 */
export const transitionCauses = [
  'connected',
  'silent',
  'stopped',
  'revoked',
  'paused',
  'resumed',
  'draining',
  'resetting',
  'killing',
  'force_killing',
] as const;
export type TransitionCause = (typeof transitionCauses)[number];

/** A status that comes again so soon after the same one is told as one that did not last: a sink that comes and goes is one line. */
export const unsteadyMs = 10 * 60_000;

export const sinkTransition = z.object({
  id: idSchema('sinkTransition'),
  sink: z.object({ id: idSchema('sink'), name: z.string() }),
  status: z.enum(sinkStatuses),
  cause: z.enum(transitionCauses),
  at: instant.describe('within 5 seconds'),
  times: z.int().describe('how often it happened, with no ten minutes of peace between'),
  lastAt: instant.describe('the last of those times; `at` where it happened once'),
});
export type SinkTransitionShown = z.infer<typeof sinkTransition>;

export const listTransitionsInput = z.strictObject({
  sinkId: z.string().pipe(idSchema('sink')).optional().describe('of this sink alone'),
  since: z.iso.datetime({ offset: true }).optional().describe('what happened, or happened again, from this instant on'),
  limit: z.int().min(1).max(200).default(50),
  cursor: z.string().pipe(idSchema('sinkTransition')).optional().describe('`nextCursor` of the page before'),
});
export type ListTransitions = z.infer<typeof listTransitionsInput>;
export const listTransitionsOutput = z.object({ transitions: z.array(sinkTransition), nextCursor });
