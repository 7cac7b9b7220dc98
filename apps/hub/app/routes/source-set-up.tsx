import { sourceRef } from '@nexomatic/contracts/source-api';
import { useLoaderData } from '@remix-run/react';
import type { LoaderFunctionArgs } from '@remix-run/server-runtime';
import { ProblemPage } from '../components/problem-page.tsx';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { requireMember } from '../frame/hub-call.server.ts';
import { refOf } from '../frame/page-guards.server.ts';
import { webhookOf } from '../sources/save-settings.server.ts';
import { SetUpPanel } from '../sources/set-up/set-up-panel.tsx';
import { useSource } from '../sources/source-context.ts';

export const handle: CrumbHandle = { crumbs: () => [{ word: 'Set-up' }] };

export async function loader({ params, context }: LoaderFunctionArgs) {
  requireMember(context);
  const { settings } = await webhookOf(context, refOf(context, sourceRef, params).id);
  return { settings };
}

export default function SetUp() {
  const { settings } = useLoaderData<typeof loader>();
  const { source, address } = useSource();
  return <SetUpPanel source={source} settings={settings} address={address} />;
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
