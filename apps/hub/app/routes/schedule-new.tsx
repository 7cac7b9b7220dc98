import { systemClock } from '@nexomatic/clock';
import { type MetaFunction, useActionData, useLoaderData, useParams } from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { requireMember } from '../frame/hub-call.server.ts';
import { requirePermission } from '../frame/page-guards.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { readPreferences } from '../frame/preferences.ts';
import { saveScheduleForm } from '../schedules/form/save-form.server.ts';
import { scheduleChoices } from '../schedules/form/schedule-choices.server.ts';
import { emptySchedule } from '../schedules/form/schedule-fields.ts';
import { ScheduleForm } from '../schedules/form/schedule-form.tsx';

export const handle: CrumbHandle = {
  crumbs: () => [{ word: 'Schedules', to: 'schedules' }, { word: 'New schedule' }],
};
export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'New schedule');

export async function loader({ request, context }: LoaderFunctionArgs) {
  requirePermission(context, 'definitions.write');
  const query = new URL(request.url).searchParams;
  const zone = readPreferences(request.headers.get('cookie')).zone ?? 'UTC';
  const eventTypeId = query.get('eventType');
  return {
    ...(await scheduleChoices(context)),
    start: {
      ...emptySchedule(query.get('preset'), zone, systemClock.now()),
      ...(eventTypeId === null ? {} : { eventTypeId }),
    },
  };
}

export function action({ request, context, params: { tenant = '' } }: ActionFunctionArgs) {
  requireMember(context);
  return saveScheduleForm({ request, context, tenant, id: null });
}

export default function NewSchedule() {
  const data = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const { tenant = '' } = useParams();
  return (
    <>
      <PageHeader title="New schedule" />
      <ScheduleForm schedule={null} {...data} reply={reply} cancelTo={`/t/${tenant}/schedules`} />
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
