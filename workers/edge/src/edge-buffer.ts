import type { Deliver } from './deliver.ts';
import type { StoredSettings } from './settings/stored-settings.ts';

/** Senders wait 3 to 5 seconds in all; what is left after this is for their network, and for holding the request. */
export const forwardTimeoutMs = 1_500;

/** What an edge keeps while its hub is away. `buffer/` is that in workerd; elsewhere there is none. */
export interface EdgeBuffer {
  /** To the hub, or into the buffer. */
  deliver: Deliver;
  storedSettings: StoredSettings;
  /** Whether the hub is known not to answer. */
  hubAway(): boolean;
  /** Answers what the hub asks; null for a path that is not one of these. */
  answerHub(request: Request, path: string): Promise<Response> | null;
}
