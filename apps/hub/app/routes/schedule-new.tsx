import { type MetaFunction, useActionData, useLoaderData, useParams } from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { requireMember } from '../frame/hub-call.server.ts';
import { requirePermission } from '../frame/page-guards.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { SchedulesNotYet } from '../schedules/not-yet.tsx';
import { saveScheduleForm, scheduleChoices } from '../schedules/save-form.server.ts';
import { ScheduleForm } from '../schedules/schedule-form.tsx';

export const handle: CrumbHandle = {
  crumbs: () => [{ word: 'Schedules', to: 'schedules' }, { word: 'New schedule' }],
};
export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'New schedule');

export function loader({ context }: LoaderFunctionArgs) {
  requirePermission(context, 'definitions.write');
  return scheduleChoices(context);
}

export function action({ request, context, params: { tenant = '' } }: ActionFunctionArgs) {
  requireMember(context);
  return saveScheduleForm({ request, context, tenant, id: null });
}

export default function NewSchedule() {
  const choices = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const { tenant = '' } = useParams();
  return (
    <>
      <PageHeader title="New schedule" />
      <SchedulesNotYet />
      <ScheduleForm schedule={null} {...choices} reply={reply} cancelTo={`/t/${tenant}/schedules`} />
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
