import type { Id } from '@nexomatic/contracts/id';

/** Where a request came from, as the audit log tells it. */
export type Origin = Pick<Visitor, 'remoteAddress' | 'requestId'>;

/** The browser of somebody who asks to be let in, before it is known who that is. */
export interface Visitor {
  userAgent: string | null;
  remoteAddress: string;
  requestId: string;
  /** The session that this browser holds; it ends when another one begins here. */
  sessionId: Id<'session'> | null;
}
