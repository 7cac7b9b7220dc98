import type { HubLoadContext } from '../http/load-context.ts';

/** What our server hands to loaders, and the form of data that Remix is switched to. */
declare module '@remix-run/server-runtime' {
  interface AppLoadContext extends HubLoadContext {}
  interface Future {
    v3_singleFetch: true;
  }
}
