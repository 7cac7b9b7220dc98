import { type LoaderFunctionArgs, redirect } from '@remix-run/server-runtime';
import { ProblemPage } from '../components/problem-page.tsx';
import { hubCall, notFound } from '../frame/hub-call.server.ts';
import { objectPath } from '../frame/objects.ts';

/** Sends on to the page of whatever has this id, in whichever of the viewer's tenants it is. */
export async function loader({ params: { id = '' }, context }: LoaderFunctionArgs) {
  const { tenant } = await hubCall(context, () => context.caller.session.locate({ id }));
  const path = objectPath(tenant, id);
  if (path === null) throw notFound(context.requestId);
  return redirect(path);
}

/** Never shown: the loader sends on, or fails. */
export default function Go() {
  return null;
}

export function ErrorBoundary() {
  return (
    <main className="mx-auto max-w-2xl px-4 py-16">
      <ProblemPage />
    </main>
  );
}
