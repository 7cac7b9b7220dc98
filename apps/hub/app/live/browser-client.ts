import { createTRPCClient, httpLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import type { AppRouter } from '#server/trpc/router.ts';

/**
 * The browser's client of the hub, for what pages follow while they are open, and for what of a log its reader looks at;
 * everything else goes through loaders.
 */
export function createBrowserClient(tenant: string) {
  const url = `/trpc?tenant=${encodeURIComponent(tenant)}`;
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: ({ type }) => type === 'subscription',
        true: httpSubscriptionLink({ url }),
        false: httpLink({ url }),
      }),
    ],
  });
}
