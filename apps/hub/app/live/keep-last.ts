import { type ClientLoaderFunctionArgs, isRouteErrorResponse } from '@remix-run/react';
import { setLiveStatus } from './live-status.ts';

/**
 * A client loader that asks the server, and shows the last answer again when the hub can't be reached while a page is
 * brought up to date: a restart of the hub must not replace a list that somebody reads by an error.
 */
export function keepLast<T>(): { (args: ClientLoaderFunctionArgs): Promise<T>; hydrate: true } {
  let last: { url: string; data: T } | undefined;
  async function load({ request, serverLoader }: ClientLoaderFunctionArgs): Promise<T> {
    try {
      const data = (await serverLoader()) as T;
      last = { url: request.url, data };
      return data;
    } catch (error) {
      if (last?.url !== request.url || request.signal.aborted || !passesByItself(error)) throw error;
      setLiveStatus('offline');
      return last.data;
    }
  }
  // Runs once at hydration, where it is given what the server rendered, so that there is a last answer from the start.
  return Object.assign(load, { hydrate: true as const });
}

/**
 * The network, or a hub that is starting, stopping or without its database. Redirects (thrown as responses) and refusals
 * are answers: somebody was signed out, or the event is gone.
 */
const passesByItself = (error: unknown): boolean =>
  error instanceof Error || (isRouteErrorResponse(error) && error.status >= 500);
