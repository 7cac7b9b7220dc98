import './styles/app.css';
import { systemClock } from '@nexomatic/clock';
import {
  Links,
  Meta,
  type MetaFunction,
  Outlet,
  Scripts,
  ScrollRestoration,
  useRouteLoaderData,
} from '@remix-run/react';
import type { LoaderFunctionArgs } from '@remix-run/server-runtime';
import { type ReactNode, useContext } from 'react';
import { FramelessProblemPage } from './components/problem-page.tsx';
import { Nonce } from './frame/nonce.ts';
import { pageTitle } from './frame/page-title.ts';
import { readPreferences } from './frame/preferences.ts';
import { ViewerZoneProvider } from './frame/viewer-zone.tsx';
import { RenderedAt } from './time/now.ts';

export function loader({ request, context }: LoaderFunctionArgs) {
  return {
    ...readPreferences(request.headers.get('cookie')),
    now: systemClock.now(),
    instance: context.instance,
    requestId: context.requestId,
  };
}

/** For pages that have no title of their own, because they failed. */
export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Problem');

/** None of this changes while the page is open. */
export const shouldRevalidate = () => false;

/** The document around every page, error pages included: those come without the loader's data. */
export function Layout({ children }: { children: ReactNode }) {
  const data = useRouteLoaderData<typeof loader>('root');
  const nonce = useContext(Nonce);
  return (
    <html lang="en" data-theme={data?.theme ?? 'system'} data-instance={data?.instance} suppressHydrationWarning>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <Meta />
        <Links />
      </head>
      <body>
        <RenderedAt.Provider value={data?.now ?? 0}>
          <ViewerZoneProvider known={data?.zone ?? null}>{children}</ViewerZoneProvider>
        </RenderedAt.Provider>
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

export default function App() {
  return <Outlet />;
}

export function ErrorBoundary() {
  return <FramelessProblemPage />;
}
