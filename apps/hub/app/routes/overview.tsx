import type { Problem } from '@nexomatic/contracts/error-code';
import { type MetaFunction, useActionData, useLoaderData, useLocation, useParams } from '@remix-run/react';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/server-runtime';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import { hubCall, hubTry, requireMember } from '../frame/hub-call.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { readPreferences } from '../frame/preferences.ts';
import { keepLast, useKeptLast } from '../live/keep-last.ts';
import { LiveDot } from '../live/live-dot.tsx';
import { Attention } from '../overview/attention.tsx';
import { Charts } from '../overview/charts.tsx';
import { EmptyRange, isEmpty } from '../overview/empty-range.tsx';
import { FirstRun } from '../overview/first-run.tsx';
import { NextSchedules } from '../overview/next-schedules.tsx';
import { readRange } from '../overview/range-address.ts';
import { RangeSwitch } from '../overview/range-switch.tsx';
import { RecentErrors } from '../overview/recent-errors.tsx';
import { RunningNow } from '../overview/running-now.tsx';
import { SinksPanel } from '../overview/sinks-panel.tsx';
import { Throughput } from '../overview/throughput.tsx';
import { Tiles } from '../overview/tiles.tsx';
import { useOverviewRefresh } from '../overview/use-overview-refresh.ts';

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Overview');

export async function loader({ request, context }: LoaderFunctionArgs) {
  requireMember(context);
  const range = readRange(new URL(request.url).searchParams);
  const overview = await hubCall(context, () => context.caller.overview.get({ range }));
  const known = readPreferences(request.headers.get('cookie')).firstSteps;
  // Whoever may not read definitions sees the rest.
  const { done } = await hubTry(context, () => context.caller.schedules.upcoming({ hours: 24 }));
  return { overview, known, edgeUrl: context.edgeUrl, schedules: done?.next ?? null };
}

export const clientLoader = keepLast<Awaited<ReturnType<typeof loader>>>();

/** What the demo's webhook gets, and what its module fails on: see its file. */
const demoPayloads = new Map<unknown, object>([
  ['works', { name: 'Ada' }],
  ['fails', { name: 'Ada', fail: true }],
]);

/** Fires the demo's event, and leads to it. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  requireMember(context);
  const payload = demoPayloads.get((await request.formData()).get('fire'));
  const { firstSteps } = await hubCall(context, () => context.caller.overview.get({ range: '1h' }));
  const { demo } = firstSteps;
  if (!payload || !demo) throw redirect(`/t/${params.tenant}`);
  const { done, problem } = await hubTry(context, () => context.caller.events.fire({ type: demo.type, payload }));
  if (problem) return data({ problem }, { status: problem.status });
  return redirect(`/t/${params.tenant}/events/${done.id}`);
}

export default function Overview() {
  const data = useLoaderData<typeof clientLoader>();
  useKeptLast(clientLoader, data);
  const { overview, known, edgeUrl, schedules } = data;
  const problem: Problem | undefined = useActionData<typeof action>()?.problem;
  const { tenant = '' } = useParams();
  const asked = new URLSearchParams(useLocation().search).has('first-steps');
  useOverviewRefresh(tenant);
  const { attention, firstSteps, range, running, sinks } = overview;
  return (
    <>
      <PageHeader title="Overview">
        <span className="ml-auto flex items-center gap-4">
          <LiveDot />
          <RangeSwitch active={range} />
        </span>
      </PageHeader>
      <Attention entries={attention} tenant={tenant} />
      <FirstRun {...{ known, asked, tenant, edgeUrl, problem }} facts={firstSteps} />
      {isEmpty(overview) ? (
        <EmptyRange overview={overview} introduced={asked || !known.includes('hidden')} />
      ) : (
        <>
          <Tiles overview={overview} tenant={tenant} />
          <Throughput key={range} overview={overview} tenant={tenant} />
          <Charts overview={overview} />
        </>
      )}
      <div className="digests">
        <RecentErrors overview={overview} tenant={tenant} />
        <div className="digests-side">
          <RunningNow running={running} tenant={tenant} />
          {schedules === null ? null : <NextSchedules next={schedules} tenant={tenant} />}
          {sinks === null ? null : <SinksPanel sinks={sinks} tenant={tenant} />}
        </div>
      </div>
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
