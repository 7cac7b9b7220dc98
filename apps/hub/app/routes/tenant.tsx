import { permissionTable } from '@nexomatic/contracts/permission';
import { Outlet, type ShouldRevalidateFunctionArgs, useLoaderData, useRouteLoaderData } from '@remix-run/react';
import type { LoaderFunctionArgs } from '@remix-run/server-runtime';
import { ProblemPage } from '../components/problem-page.tsx';
import { Frame } from '../frame/frame.tsx';
import { requireMember } from '../frame/hub-call.server.ts';
import type { loader as rootLoader } from '../root.tsx';

export function loader({ context }: LoaderFunctionArgs) {
  const { principal, member } = requireMember(context);
  const tenants = principal.memberships.map(({ slug, name }) => ({ slug, name }));
  return {
    tenant: { slug: member.slug, name: member.name },
    tenants,
    permissions: permissionTable[member.role],
    instanceAdmin: principal.instanceAdmin,
    user: { name: principal.name, email: principal.email },
  };
}

/** Who is signed in and to which tenant changes with the address; what it is called and one's role, on its settings. */
export const shouldRevalidate = ({ currentParams, nextParams, formAction }: ShouldRevalidateFunctionArgs) =>
  currentParams.tenant !== nextParams.tenant || formAction?.includes('/settings') === true;

/** The frame around every page of a tenant. */
export default function Tenant() {
  const data = useLoaderData<typeof loader>();
  const root = useRouteLoaderData<typeof rootLoader>('root');
  return (
    <Frame {...data} theme={root?.theme ?? 'system'} navWidth={root?.nav ?? 'wide'}>
      <Outlet />
    </Frame>
  );
}

/** The tenant itself isn't there: no frame, because its name must not be shown to strangers. */
export function ErrorBoundary() {
  return (
    <main className="mx-auto max-w-2xl px-4 py-16">
      <ProblemPage />
    </main>
  );
}
