import type { Visitor } from '../visitor.ts';

/** A browser that nobody is signed in with yet. */
export const testVisitor: Visitor = {
  userAgent: 'Browser/1.0',
  remoteAddress: '127.0.0.1',
  requestId: 'test',
  sessionId: null,
};
