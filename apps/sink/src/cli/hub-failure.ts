import { type HubError, toHubError } from '@nexomatic/client/hub-error';
import { AgentError, exitCodes } from '../agent-error.ts';
import { isVersionRefusal, saidByHub } from '../said-by-hub.ts';

/** A call to the hub whose failure ends the command: what happened, and what to do. */
export async function askHub<T>(call: string, hubUrl: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw hubFailure(toHubError(call, error), hubUrl);
  }
}

/** The same for a failure that is at hand. */
export function hubFailure(error: HubError, hubUrl: string): AgentError {
  const options = { cause: error };
  const said = saidByHub(error);
  if (error.kind === 'unauthenticated') return new AgentError(exitCodes.unauthenticated, said, options);
  if (error.kind === 'retryable' && error.status === undefined) {
    const text = `${hubUrl} can not be reached (${error.message}); check the address, DNS, proxy and firewall: \`nexomatic-sink doctor\``;
    return new AgentError(exitCodes.unreachable, text, options);
  }
  if (isVersionRefusal(error)) return new AgentError(exitCodes.configuration, said, options);
  if (error.status === 404) return new AgentError(exitCodes.notFound, said, options);
  return new AgentError(error.status === 409 ? exitCodes.conflict : exitCodes.failed, said, options);
}
