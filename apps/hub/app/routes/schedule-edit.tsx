import { scheduleRef } from '@nexomatic/contracts/schedule-api';
import { type MetaFunction, useActionData, useLoaderData, useParams } from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import { useOpened } from '../definitions/use-opened.ts';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, requireMember } from '../frame/hub-call.server.ts';
import { refOf, requirePermission } from '../frame/page-guards.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { saveScheduleForm } from '../schedules/form/save-form.server.ts';
import { scheduleChoices } from '../schedules/form/schedule-choices.server.ts';
import { ScheduleForm } from '../schedules/form/schedule-form.tsx';

type Data = Awaited<ReturnType<typeof loader>>;

export const handle: CrumbHandle<Data> = {
  crumbs: (data) => [
    { word: 'Schedules', to: 'schedules' },
    { word: data?.schedule.name ?? 'Schedule', ...(data ? { to: `schedules/${data.schedule.id}` } : {}) },
    { word: 'Edit' },
  ],
};
export const meta: MetaFunction<typeof loader> = ({ matches, data }) =>
  pageTitle(matches, data ? `Edit ${data.schedule.name}` : 'Edit schedule');

export async function loader({ params, context }: LoaderFunctionArgs) {
  requirePermission(context, 'definitions.write');
  const schedule = await hubCall(context, () => context.caller.schedules.get(refOf(context, scheduleRef, params)));
  return { schedule, ...(await scheduleChoices(context)) };
}

export function action({ request, context, params }: ActionFunctionArgs) {
  requireMember(context);
  const { id } = refOf(context, scheduleRef, params);
  return saveScheduleForm({ request, context, tenant: params.tenant ?? '', id });
}

export default function EditSchedule() {
  const data = useLoaderData<typeof loader>();
  const schedule = useOpened(data.schedule);
  const reply = useActionData<typeof action>();
  const { tenant = '' } = useParams();
  return (
    <>
      <PageHeader title={schedule.name} />
      <ScheduleForm
        {...data}
        schedule={schedule}
        start={{}}
        reply={reply}
        cancelTo={`/t/${tenant}/schedules/${schedule.id}`}
      />
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
