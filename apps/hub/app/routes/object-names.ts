import { findObjectsInput } from '@nexomatic/contracts/object-api';
import type { LoaderFunctionArgs } from '@remix-run/server-runtime';
import { hubCall, notFound, requireMember } from '../frame/hub-call.server.ts';

/** Things of the tenant by their names, for the palette. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  requireMember(context);
  const input = findObjectsInput.safeParse({ text: new URL(request.url).searchParams.get('text') });
  if (!input.success) throw notFound(context.requestId);
  return Response.json(await hubCall(context, () => context.caller.objects.find(input.data)));
}
