import { scheduleRef } from '@nexomatic/contracts/schedule-api';
import { useLoaderData } from '@remix-run/react';
import type { LoaderFunctionArgs } from '@remix-run/server-runtime';
import { requireMember } from '../frame/hub-call.server.ts';
import { refOf } from '../frame/page-guards.server.ts';
import { loadOverview } from '../schedules/detail/load-overview.server.ts';
import { useSchedule } from '../schedules/detail/schedule-context.ts';
import { ScheduleOverview } from '../schedules/detail/schedule-overview.tsx';

export function loader({ params, context }: LoaderFunctionArgs) {
  requireMember(context);
  return loadOverview(context, refOf(context, scheduleRef, params).id);
}

export default function Overview() {
  return <ScheduleOverview schedule={useSchedule()} {...useLoaderData<typeof loader>()} />;
}
