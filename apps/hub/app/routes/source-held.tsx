import { sourceRef } from '@nexomatic/contracts/source-api';
import { useActionData, useLoaderData } from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import { ProblemPage } from '../components/problem-page.tsx';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { requireMember } from '../frame/hub-call.server.ts';
import { refOf } from '../frame/page-guards.server.ts';
import { useIntervalRefresh } from '../live/use-interval-refresh.ts';
import { readHeld, settleHeld } from '../sources/held/held-page.server.ts';
import { HeldPanel } from '../sources/held/held-panel.tsx';
import { webhookOf } from '../sources/save-settings.server.ts';

export const handle: CrumbHandle = { crumbs: () => [{ word: 'Held' }] };

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  requireMember(context);
  const { id } = refOf(context, sourceRef, params);
  await webhookOf(context, id);
  return await readHeld(context, id, new URL(request.url).searchParams);
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  requireMember(context);
  const { id } = refOf(context, sourceRef, params);
  return await settleHeld(context, { id, tenant: params.tenant ?? '', form: await request.formData() });
}

/** Nobody tells the hub what its edge begins to hold. */
const refreshMs = 5_000;

export default function Held() {
  const held = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  useIntervalRefresh(refreshMs);
  return <HeldPanel {...held} problem={reply?.problem} />;
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
