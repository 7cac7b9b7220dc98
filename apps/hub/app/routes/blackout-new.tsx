import { type MetaFunction, useActionData, useLoaderData, useParams } from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { requireMember } from '../frame/hub-call.server.ts';
import { requirePermission } from '../frame/page-guards.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { BlackoutForm } from '../schedules/blackouts/blackout-form.tsx';
import { loadBlackoutForm } from '../schedules/blackouts/load-blackout-form.server.ts';
import { saveBlackout } from '../schedules/blackouts/save-blackout.server.ts';

export const handle: CrumbHandle = {
  crumbs: () => [
    { word: 'Schedules', to: 'schedules' },
    { word: 'Blackout windows', to: 'schedules/blackouts' },
    { word: 'New window' },
  ],
};
export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'New blackout window');

export async function loader({ request, context }: LoaderFunctionArgs) {
  requirePermission(context, 'definitions.write');
  const scheduleId = new URL(request.url).searchParams.get('schedule');
  return { scheduleId, ...(await loadBlackoutForm(context, request)) };
}

export function action({ request, context, params: { tenant = '' } }: ActionFunctionArgs) {
  requireMember(context);
  return saveBlackout({ request, context, tenant, id: null });
}

export default function NewBlackout() {
  const data = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const { tenant = '' } = useParams();
  return (
    <>
      <PageHeader title="New blackout window" />
      <BlackoutForm blackout={null} {...data} reply={reply} cancelTo={`/t/${tenant}/schedules/blackouts`} />
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
