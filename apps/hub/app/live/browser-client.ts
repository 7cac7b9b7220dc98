import { createTRPCClient, httpSubscriptionLink } from '@trpc/client';
import type { AppRouter } from '#server/trpc/router.ts';

/** The browser's client of the hub, for what pages follow while they are open; everything else goes through loaders. */
export function createBrowserClient(tenant: string) {
  return createTRPCClient<AppRouter>({
    links: [httpSubscriptionLink({ url: `/trpc?tenant=${encodeURIComponent(tenant)}` })],
  });
}
