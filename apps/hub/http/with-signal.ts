/**
 * The request with another signal. Not by `new Request(request, { signal })`: that one follows the signal weakly, and a stream
 * that has lived for a while would be ended by it no more.
 */
export const withSignal = (request: Request, signal: AbortSignal): Request =>
  Object.defineProperty(new Request(request), 'signal', { value: signal });
