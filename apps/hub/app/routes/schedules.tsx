import { isId } from '@nexomatic/contracts/id';
import { Link, type MetaFunction, useLoaderData, useParams } from '@remix-run/react';
import type { LoaderFunctionArgs } from '@remix-run/server-runtime';
import { Plus } from '../components/icons.ts';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import { Pager } from '../components/table/pager.tsx';
import { eventTypeChoices } from '../definitions/event-type-choices.server.ts';
import { listQuery } from '../definitions/list-query.server.ts';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, requireMember } from '../frame/hub-call.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { useMay } from '../frame/use-may.ts';
import { useHintRefresh } from '../live/use-hint-refresh.ts';
import { useLiveRefresh } from '../live/use-live-refresh.ts';
import { ScheduleFilter } from '../schedules/list/schedule-filter.tsx';
import { ScheduleList } from '../schedules/list/schedule-list.tsx';
import { dayAhead } from '../schedules/pile-up/day-ahead.server.ts';
import { PileUp } from '../schedules/pile-up/pile-up.tsx';
import { ScheduleTabs } from '../schedules/schedule-tabs.tsx';
import { withWords } from '../schedules/when-words.server.ts';

export const handle: CrumbHandle = { crumbs: () => [{ word: 'Schedules' }] };
export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Schedules');

const statuses = ['on', 'paused', 'off', 'ended', 'held'] as const;

export async function loader({ request, context }: LoaderFunctionArgs) {
  requireMember(context);
  const query = new URL(request.url).searchParams;
  const status = statuses.find((one) => one === query.get('status'));
  const type = query.get('type') ?? '';
  const sort = query.get('sort') === 'next' ? ('next' as const) : ('name' as const);
  const input = {
    ...listQuery(request),
    ...(status ? { status } : {}),
    ...(isId('eventType', type) ? { eventTypeId: type } : {}),
    sort,
    limit: 50,
  };
  const { schedules, nextCursor } = await hubCall(context, () => context.caller.schedules.list(input));
  return {
    schedules: schedules.map(withWords),
    nextCursor,
    sort,
    ahead: await dayAhead(context),
    eventTypes: await eventTypeChoices(context),
  };
}

export default function Schedules() {
  const { schedules, nextCursor, sort, ahead, eventTypes } = useLoaderData<typeof loader>();
  const { tenant = '' } = useParams();
  const mayWrite = useMay()('definitions.write');
  useLiveRefresh(tenant, { idleMs: 15_000 });
  useHintRefresh(tenant, 'schedules');
  return (
    <>
      <PageHeader title="Schedules">
        <div className="page-actions">
          {mayWrite ? (
            <Link to="new" className="button-primary">
              <Plus size={14} aria-hidden="true" />
              New schedule
            </Link>
          ) : null}
        </div>
      </PageHeader>
      <ScheduleTabs active="schedules" />
      {ahead.runs > 0 ? <PileUp {...ahead} /> : null}
      <ScheduleFilter eventTypes={eventTypes} />
      <ScheduleList schedules={schedules} byNext={sort === 'next'} />
      <Pager nextCursor={nextCursor} count={schedules.length} />
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
