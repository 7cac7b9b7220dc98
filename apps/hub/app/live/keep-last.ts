import { type ClientLoaderFunctionArgs, isRouteErrorResponse, useLocation } from '@remix-run/react';
import { useEffect } from 'react';
import { setLiveStatus } from './live-status.ts';

interface KeptLoader<T> {
  (args: ClientLoaderFunctionArgs): Promise<T>;
  /** Tells it what a page shows. */
  shown: (address: string, data: unknown) => void;
}

/**
 * A client loader that asks the server, and shows the last answer again when the hub can't be reached while a page is
 * brought up to date: a restart of the hub must not replace a list that somebody reads by an error. The page tells what it
 * shows by `useKeptLast`. (A loader that runs at hydration could see it by itself; but whoever follows a link before such a
 * loader has ended is given the next page without its data, by Remix 2.)
 */
export function keepLast<T>(): KeptLoader<T> {
  let last: { address: string; data: T } | undefined;
  async function load({ request, serverLoader }: ClientLoaderFunctionArgs): Promise<T> {
    try {
      return (await serverLoader()) as T;
    } catch (error) {
      const { pathname, search } = new URL(request.url);
      if (last?.address !== pathname + search || request.signal.aborted || !passesByItself(error)) throw error;
      setLiveStatus('offline');
      return last.data;
    }
  }
  return Object.assign(load, {
    shown(address: string, data: unknown): void {
      last = { address, data: data as T };
    },
  });
}

/** Keeps what the page shows, for when the hub can't be reached. */
export function useKeptLast(loader: KeptLoader<unknown>, data: unknown): void {
  const { pathname, search } = useLocation();
  useEffect(() => loader.shown(pathname + search, data), [loader, pathname, search, data]);
}

/**
 * The network, or a hub that is starting, stopping or without its database. Redirects (thrown as responses) and refusals
 * are answers: somebody was signed out, or the event is gone.
 */
const passesByItself = (error: unknown): boolean =>
  error instanceof Error || (isRouteErrorResponse(error) && error.status >= 500);
