import { type LoaderFunctionArgs, redirect } from '@remix-run/server-runtime';
import { notFound } from '../frame/hub-call.server.ts';

/** Where a provider of single sign-on sends the browser back to. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const outcome = await context.entrance.finishSso(params.provider ?? '', new URL(request.url).search);
  if (outcome === null) throw notFound(context.requestId);
  if (outcome.kind === 'refused') return redirect(`/login?refused=${outcome.reason}`);
  return redirect(outcome.joined === null ? (outcome.next ?? '/') : `/t/${outcome.joined}`);
}
