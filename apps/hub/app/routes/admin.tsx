import { Link, Outlet, useLoaderData, useRouteLoaderData } from '@remix-run/react';
import type { LoaderFunctionArgs } from '@remix-run/server-runtime';
import { adminSections } from '../admin/admin-nav.ts';
import { ArrowLeft } from '../components/icons.ts';
import { ProblemPage } from '../components/problem-page.tsx';
import { FrameShell } from '../frame/frame-shell.tsx';
import { requireAdmin } from '../frame/hub-call.server.ts';
import { useFrameItems } from '../frame/use-frame-items.tsx';
import type { loader as rootLoader } from '../root.tsx';

export function loader({ context }: LoaderFunctionArgs) {
  const { name, email, memberships } = requireAdmin(context);
  return { user: { name, email }, tenants: memberships.map((one) => ({ slug: one.slug, name: one.name })) };
}

/** Who is signed in doesn't change from page to page. */
export const shouldRevalidate = () => false;

const home = '/admin';

/** The frame around every page of the hub's administrators. */
export default function Admin() {
  const { user, tenants } = useLoaderData<typeof loader>();
  const root = useRouteLoaderData<typeof rootLoader>('root');
  const items = useFrameItems({ home, sections: adminSections, permissions: [], tenants });
  const [first] = tenants;
  return (
    <FrameShell
      home={home}
      sections={adminSections}
      items={items}
      place={<span className="font-medium">Administration</span>}
      actions={
        first ? (
          <Link to={`/t/${first.slug}`} className="button">
            <ArrowLeft size={14} aria-hidden="true" />
            <span className="max-w-32 truncate">{first.name}</span>
          </Link>
        ) : null
      }
      user={user}
      theme={root?.theme ?? 'system'}
      navWidth={root?.nav ?? 'wide'}
    >
      <Outlet />
    </FrameShell>
  );
}

/** Without the frame: whoever may not see these pages learns nothing of them. */
export function ErrorBoundary() {
  return (
    <main className="mx-auto max-w-2xl px-4 py-16">
      <ProblemPage />
    </main>
  );
}
