import type { Id } from '@nexomatic/contracts/id';
import type { ApiTokenPrincipal, UserPrincipal } from './principal.ts';

/** Who does something, as the audit log and the activity of events tell it. */
export interface Actor {
  kind: 'user' | 'apiToken' | 'system';
  /** Prefixed id; null for the installation itself. */
  id: string | null;
  name: string;
  remoteAddress: string;
  requestId: string;
}

/** The actor that a request's principal is. */
export function actorOf(
  principal: UserPrincipal | ApiTokenPrincipal,
  { remoteAddress, requestId }: { remoteAddress: string; requestId: string },
): Actor {
  const who =
    principal.kind === 'user'
      ? { id: principal.userId, name: principal.name || principal.email }
      : { id: principal.tokenId, name: principal.name };
  return { kind: principal.kind, ...who, remoteAddress, requestId };
}

/** The same for the activity of events: `user:Ada`, `apiToken:ci`. */
export const activityActor = ({ kind, name }: Pick<Actor, 'kind' | 'name'>): string => `${kind}:${name}`;

/** For what the installation does by itself or by a command on its own machine. */
export const systemActor: Actor = { kind: 'system', id: null, name: 'installation', remoteAddress: '', requestId: '' };

/** For somebody who acts in the moment that they are let in, before they have a session. */
export const actorOfNewcomer = (
  { id, name, email }: { id: Id<'user'>; name: string; email: string },
  { remoteAddress, requestId }: { remoteAddress: string; requestId: string },
): Actor => ({ kind: 'user', id, name: name || email, remoteAddress, requestId });
