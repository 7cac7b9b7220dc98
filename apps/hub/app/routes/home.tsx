import { useLoaderData } from '@remix-run/react';
import { type LoaderFunctionArgs, redirect } from '@remix-run/server-runtime';
import { NoTenant } from '../frame/no-tenant.tsx';

/** Sends people on to their tenant. */
export function loader({ context }: LoaderFunctionArgs) {
  if (!context.principal) throw redirect('/login');
  const [first] = context.principal.memberships;
  if (first) throw redirect(`/t/${first.slug}`);
  if (context.principal.instanceAdmin) throw redirect('/admin');
  return { suspended: context.principal.suspended.map(({ name }) => name) };
}

export default function Home() {
  return <NoTenant {...useLoaderData<typeof loader>()} />;
}
