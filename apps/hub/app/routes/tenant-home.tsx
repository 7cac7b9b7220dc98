import { type LoaderFunctionArgs, redirect } from '@remix-run/server-runtime';

/** A tenant's first page is its list of events. */
export function loader({ params }: LoaderFunctionArgs) {
  return redirect(`/t/${params.tenant}/events`);
}
