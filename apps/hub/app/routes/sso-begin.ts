import { type LoaderFunctionArgs, redirect } from '@remix-run/server-runtime';
import { notFound } from '../frame/hub-call.server.ts';
import { safePath } from '../people/safe-path.ts';

/** Sends the browser to a provider of single sign-on. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const next = safePath(new URL(request.url).searchParams.get('next'));
  const begun = await context.entrance.beginSso(params.provider ?? '', next);
  if (begun === null) throw notFound(context.requestId);
  return redirect(begun.kind === 'unreachable' ? '/login?refused=unreachable' : begun.url);
}
