import type { HubError } from '@nexomatic/client/hub-error';
import { errorCodes } from '@nexomatic/contracts/error-code';

/** The hub's own words, without the name of the call around them. */
export const saidByHub = (error: HubError): string =>
  error.status !== undefined && error.cause instanceof Error ? error.cause.message : error.message;

/** The hub doesn't work with this version of the agent, and won't before one of the two is another one. */
export const isVersionRefusal = (error: HubError): boolean => error.status === errorCodes.agent_version.status;
