import type { EventReason } from '@nexomatic/contracts/event-state';

/** Each reason as it stands in a pill, and what a person can do about it. */
export const reasonTexts: Record<EventReason, { word: string; advice: string }> = {
  retry_wait: { word: 'retry', advice: 'An attempt failed. The next one starts by itself after its back-off.' },
  delayed: { word: 'delayed', advice: 'It was asked for at a later time and starts by itself then.' },
  handed_back: {
    word: 'handed back',
    advice:
      'The sink gave the work back unfinished, because it stopped or its secrets did not reach it; the next free sink takes it.',
  },
  sink_lost: {
    word: 'sink lost',
    advice: 'The sink stopped answering while it worked on this. Check that the machine and the agent are up.',
  },
  exception: { word: 'exception', advice: 'The module raised an exception. The log has the traceback.' },
  exit_code: {
    word: 'exit code',
    advice: 'The module’s process ended with a code other than 0. Its last lines are in the log.',
  },
  killed: {
    word: 'killed',
    advice: 'Something outside ended the module’s process, often the system when it ran out of memory.',
  },
  timeout: {
    word: 'timeout',
    advice:
      'It ran longer than the event type allows and was stopped. Make it faster, or raise the event type’s limit.',
  },
  expired: {
    word: 'expired',
    advice: 'No sink took it within its queue time. Check that a sink of this type is online.',
  },
  cancelled: { word: 'cancelled', advice: 'Somebody cancelled it.' },
  parameter_missing: {
    word: 'parameter missing',
    advice:
      'The payload lacks a key that a parameter reads, so no code was run. Send the key, or change the parameter.',
  },
  secret_missing: {
    word: 'secret missing',
    advice: 'Set the secret that the parameter names, or name another one, and fire the event again. No code was run.',
  },
  secret_not_granted: {
    word: 'secret not granted',
    advice:
      'Grant the secret to this event type and sink type, or, where it is end-to-end, to the sink itself on the secret’s page, or name another one, and fire the event again. No code was run.',
  },
  module_not_found: {
    word: 'module not found',
    advice: 'The sink has no such module. Check the action’s import path and the sink’s module folder.',
  },
  result_invalid: { word: 'result invalid', advice: 'What the module returned isn’t JSON, or is larger than allowed.' },
  payload_invalid: {
    word: 'payload invalid',
    advice:
      'The result of the event before does not pass the payload schema of this event type, so no code was run. Change what the module returns, or the schema.',
  },
  chain_too_deep: {
    word: 'chain too deep',
    advice: 'The chain is longer than 32 events. Most likely its actions loop.',
  },
};
