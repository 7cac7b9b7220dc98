import { scheduleRef } from '@nexomatic/contracts/schedule-api';
import { type MetaFunction, useActionData, useLoaderData, useParams } from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import { IdText } from '../components/id-text.tsx';
import { KeyValue } from '../components/key-value.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import { redirectWithToast } from '../components/toast/redirect-with-toast.server.ts';
import { DeleteButton } from '../definitions/delete-button.tsx';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, hubTry, requireMember } from '../frame/hub-call.server.ts';
import { refOf } from '../frame/page-guards.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { useMay } from '../frame/use-may.ts';
import { SchedulesNotYet } from '../schedules/not-yet.tsx';
import { saveScheduleForm, scheduleChoices } from '../schedules/save-form.server.ts';
import { ScheduleForm } from '../schedules/schedule-form.tsx';

type Data = Awaited<ReturnType<typeof loader>>;

export const handle: CrumbHandle<Data> = {
  crumbs: (data) => [{ word: 'Schedules', to: 'schedules' }, { word: data?.schedule.name ?? 'Schedule' }],
};
export const meta: MetaFunction<typeof loader> = ({ matches, data }) =>
  pageTitle(matches, data?.schedule.name ?? 'Schedule');

export async function loader({ params, context }: LoaderFunctionArgs) {
  requireMember(context);
  const schedule = await hubCall(context, () => context.caller.schedules.get(refOf(context, scheduleRef, params)));
  return { schedule, ...(await scheduleChoices(context)) };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  requireMember(context);
  const ref = refOf(context, scheduleRef, params);
  const { tenant = '' } = params;
  const sent = await request.clone().formData();
  if (sent.get('intent') !== 'delete') return saveScheduleForm({ request, context, tenant, id: ref.id });
  const { problem } = await hubTry(context, () => context.caller.schedules.delete(ref));
  return problem ? { problem } : redirectWithToast(`/t/${tenant}/schedules`, 'Schedule deleted');
}

export default function SchedulePage() {
  const { schedule, eventTypes, sinks } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const { tenant = '' } = useParams();
  const mayWrite = useMay()('definitions.write');
  return (
    <>
      <PageHeader title={schedule.name}>
        <IdText id={schedule.id} label="the id of the schedule" />
        {mayWrite ? (
          <div className="page-actions">
            <DeleteButton what={`the schedule ${schedule.name}`}>It can not be brought back.</DeleteButton>
          </div>
        ) : null}
      </PageHeader>
      <SchedulesNotYet />
      {mayWrite ? (
        <ScheduleForm
          schedule={schedule}
          eventTypes={eventTypes}
          sinks={sinks}
          reply={reply && 'result' in reply ? reply : undefined}
          cancelTo={`/t/${tenant}/schedules`}
        />
      ) : (
        <KeyValue
          items={[
            { name: 'When', value: <code>{schedule.cron}</code> },
            { name: 'Time zone', value: schedule.timeZone },
            { name: 'Fires', value: schedule.eventType?.name },
          ]}
        />
      )}
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
