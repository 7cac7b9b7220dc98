import * as z from 'zod/mini';

/**
 * The five states of an event. There is no sixth: what more there is to say stands in `reason`.
 *
 *            ┌────────── retry, handed back, sink lost (if safe) ─────────┐
 *            ▼                                                          │
 *   accept → QUEUED ── claim ──▶ RUNNING ── record ──▶ SUCCESS | WARNING | ERROR
 *            └──────── expired, cancelled, parameter missing ────────────▶ ERROR
 */
export const eventStates = ['QUEUED', 'RUNNING', 'SUCCESS', 'WARNING', 'ERROR'] as const;
export type EventState = (typeof eventStates)[number];
export const eventStateSchema = /* @__PURE__ */ z.enum(eventStates);

export const terminalStates = ['SUCCESS', 'WARNING', 'ERROR'] as const;
export type TerminalState = (typeof terminalStates)[number];
export const isTerminal = (state: EventState): state is TerminalState =>
  (terminalStates as readonly string[]).includes(state);

/** Why an event is in its state, for machines. A code is never reused for another meaning. */
export const eventReasons = {
  retry_wait: 'QUEUED: an attempt failed and the next waits for its back-off',
  delayed: 'QUEUED: not to be started before a given time',
  handed_back: 'QUEUED: the sink gave the attempt back unfinished: it stopped cleanly, or its secrets did not reach it',
  sink_lost:
    'QUEUED: the sink was lost and the event type is safe to run again; ERROR: it is not, or it happened too often',
  exception: 'ERROR: the module raised',
  exit_code: 'ERROR: the module process ended with a code other than 0',
  killed: 'ERROR: the module process was ended by a signal it did not get from us',
  timeout: 'ERROR: the attempt ran longer than the event type allows',
  expired: 'ERROR: no sink claimed the event within its queue time',
  cancelled: 'ERROR: somebody cancelled it',
  parameter_missing: 'ERROR: a DATA parameter names a key that the payload does not have; no code was run',
  secret_missing: 'ERROR: a SECRET parameter names a secret that is not set, or whose value is lost; no code was run',
  secret_not_granted:
    'ERROR: a SECRET parameter names a secret that is not granted to its event type or sink type, or whose value its sink does not have; no code was run',
  module_not_found: 'ERROR: the sink has no such module, or it has no such callable',
  result_invalid: 'ERROR: the module returned something that is not JSON, or is larger than allowed',
  payload_invalid:
    'ERROR: the result that fired it does not pass the payload schema of its event type; no code was run',
  chain_too_deep: 'ERROR: the chain is longer than 32 events; most likely it loops',
} as const;
export type EventReason = keyof typeof eventReasons;
export const eventReasonSchema = /* @__PURE__ */ z.enum(Object.keys(eventReasons) as [EventReason, ...EventReason[]]);

/** A chain of follow-ons may be this deep; the root has depth 0. */
export const maxChainDepth = 32;

/** Which outcome of the parent fired a follow-on. WARNING takes the success edge, because the event completed. */
export const edges = ['success', 'failure'] as const;
export type Edge = (typeof edges)[number];
