import { scheduleRef } from '@nexomatic/contracts/schedule-api';
import { type MetaFunction, Outlet, useActionData, useLoaderData, useParams } from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import { IdText } from '../components/id-text.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemBanner } from '../components/problem-banner.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, requireMember } from '../frame/hub-call.server.ts';
import { refOf } from '../frame/page-guards.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { useHintRefresh } from '../live/use-hint-refresh.ts';
import { useLiveRefresh } from '../live/use-live-refresh.ts';
import { actOnSchedule } from '../schedules/act-on-schedule.server.ts';
import { ScheduleActions } from '../schedules/detail/schedule-actions.tsx';
import type { ScheduleContext } from '../schedules/detail/schedule-context.ts';
import { ScheduleNotices } from '../schedules/detail/schedule-notices.tsx';
import { SchedulePartTabs } from '../schedules/detail/schedule-tabs.tsx';
import { ScheduleStatus } from '../schedules/schedule-status.tsx';
import { withWords } from '../schedules/when-words.server.ts';

type Data = Awaited<ReturnType<typeof loader>>;

export const handle: CrumbHandle<Data> = {
  crumbs: (data, { id }) => [
    { word: 'Schedules', to: 'schedules' },
    { word: data?.schedule.name ?? 'Schedule', to: `schedules/${id}` },
  ],
};
export const meta: MetaFunction<typeof loader> = ({ matches, data }) =>
  pageTitle(matches, data?.schedule.name ?? 'Schedule');

export async function loader({ params, context }: LoaderFunctionArgs) {
  requireMember(context);
  const ref = refOf(context, scheduleRef, params);
  return { schedule: withWords(await hubCall(context, () => context.caller.schedules.get(ref))) };
}

export function action({ request, params, context }: ActionFunctionArgs) {
  requireMember(context);
  const { id } = refOf(context, scheduleRef, params);
  return actOnSchedule(context, { id, tenant: params.tenant ?? '', request });
}

export default function SchedulePage() {
  const { schedule } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const { tenant = '' } = useParams();
  useLiveRefresh(tenant, { idleMs: 10_000 });
  useHintRefresh(tenant, 'schedules');
  return (
    <>
      <PageHeader title={schedule.name}>
        <ScheduleStatus status={schedule.status} />
        <IdText id={schedule.id} label="the id of the schedule" />
        <ScheduleActions schedule={schedule} />
      </PageHeader>
      {schedule.description ? <p className="max-w-prose text-muted">{schedule.description}</p> : null}
      <ProblemBanner problem={reply && 'problem' in reply ? reply.problem : undefined} />
      <ScheduleNotices schedule={schedule} />
      <SchedulePartTabs />
      <Outlet context={{ schedule } satisfies ScheduleContext} />
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
