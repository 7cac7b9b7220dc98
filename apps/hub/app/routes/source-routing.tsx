import { isId } from '@nexomatic/contracts/id';
import { sourceRef } from '@nexomatic/contracts/source-api';
import { schemesOfBodyAlone } from '@nexomatic/contracts/source-settings';
import { useActionData, useLoaderData } from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import { ProblemPage } from '../components/problem-page.tsx';
import { eventTypeChoices } from '../definitions/event-type-choices.server.ts';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubTry, requireMember } from '../frame/hub-call.server.ts';
import { refOf } from '../frame/page-guards.server.ts';
import { useMay } from '../frame/use-may.ts';
import { actOnRouting } from '../sources/routing/act-on-routing.server.ts';
import { RoutingForm } from '../sources/routing/routing-form.tsx';
import { webhookOf } from '../sources/save-settings.server.ts';
import { useSource } from '../sources/source-context.ts';

export const handle: CrumbHandle = { crumbs: () => [{ word: 'Routing' }] };

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  requireMember(context);
  const { id } = refOf(context, sourceRef, params);
  const { settings } = await webhookOf(context, id);
  const { requests } = context.caller;
  const asked = new URL(request.url).searchParams.get('try') ?? '';
  const [eventTypes, past, chosen] = await Promise.all([
    eventTypeChoices(context),
    hubTry(context, () => requests.list({ source: id, limit: 20 })),
    isId('receipt', asked) ? hubTry(context, () => requests.get({ id: asked })) : null,
  ]);
  const { scheme } = settings.verification;
  return {
    settings,
    eventTypes,
    requests: past.done?.requests ?? [],
    chosen: chosen?.done ?? null,
    headersUnsigned: schemesOfBodyAlone.some((one) => one === scheme),
  };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  requireMember(context);
  const { id } = refOf(context, sourceRef, params);
  return await actOnRouting(context, { id, tenant: params.tenant ?? '', form: await request.formData() });
}

export default function Routing() {
  const data = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const { source } = useSource();
  const mayWrite = useMay()('definitions.write');
  const refused = reply && 'refused' in reply ? reply.refused : undefined;
  // A saved form starts anew from what was saved.
  return <RoutingForm key={source.version} source={source} {...data} reply={refused} mayWrite={mayWrite} />;
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
