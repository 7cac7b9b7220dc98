import { HubError } from '@nexomatic/client/hub-error';
import { keepTrying } from '@nexomatic/client/keep-trying';
import type { SinkClient } from '@nexomatic/client/sink-client';
import type { Hello, HelloAnswer } from '@nexomatic/contracts/sink-protocol';
import type { Logger } from '@nexomatic/logger';
import { AgentError, exitCodes } from './agent-error.ts';
import { isVersionRefusal, saidByHub } from './said-by-hub.ts';

export interface GreetDeps {
  hub: Pick<SinkClient, 'hello'>;
  hubUrl: string;
  logger: Logger;
  /** Ends the waiting for a hub that does not answer. */
  stop: AbortSignal;
}

/** Introduces this sink to its hub and learns which queues to take from. Waits for a hub that is not up yet. */
export async function greetHub(hello: Hello, { hub, hubUrl, logger, stop }: GreetDeps): Promise<HelloAnswer> {
  let tries = 0;
  try {
    return await keepTrying(() => hub.hello(hello), {
      call: 'hello',
      stop,
      onRetry(error) {
        tries += 1;
        // Said at once, and then about every half minute.
        if (tries === 1 || tries % 6 === 0) logger.warn({ hubUrl, tries, error: error.message }, 'hub.awaited');
      },
    });
  } catch (error) {
    throw error instanceof HubError ? agentErrorOf(error, hubUrl) : error;
  }
}

/** What an operator has to do about an error that ends the agent. */
export function agentErrorOf(error: HubError, hubUrl: string): Error {
  if (error.kind === 'unauthenticated') {
    const text = `${hubUrl} does not let this sink in: its token or keys were revoked, belong to another hub, or are incomplete. Join anew with a token from the page “Add sink”, or set NEXOMATIC_SINK_TOKEN to a valid one.`;
    return new AgentError(exitCodes.unauthenticated, text, { cause: error });
  }
  if (isVersionRefusal(error)) {
    return new AgentError(exitCodes.configuration, `${hubUrl}: ${saidByHub(error)}`, { cause: error });
  }
  if (error.kind === 'rejected') {
    const text = `${hubUrl} does not take this sink: ${error.message}. Is it a Nexomatic hub of the same version?`;
    return new AgentError(exitCodes.configuration, text, { cause: error });
  }
  return error;
}
