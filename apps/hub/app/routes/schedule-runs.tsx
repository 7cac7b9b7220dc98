import { scheduleRef } from '@nexomatic/contracts/schedule-api';
import { Link, useLoaderData, useSearchParams } from '@remix-run/react';
import type { LoaderFunctionArgs } from '@remix-run/server-runtime';
import { EmptyState } from '../components/empty-state.tsx';
import { FilterPick } from '../components/filter-pick.tsx';
import { Pager } from '../components/table/pager.tsx';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, requireMember } from '../frame/hub-call.server.ts';
import { refOf } from '../frame/page-guards.server.ts';
import { RunTable } from '../schedules/history/run-table.tsx';

export const handle: CrumbHandle = { crumbs: () => [{ word: 'Runs' }] };

const statuses = ['fired', 'skipped', 'held', 'waiting'] as const;
const words = { back: 'Later', on: 'Earlier', start: 'Latest', rows: 'runs' };

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  requireMember(context);
  const ref = refOf(context, scheduleRef, params);
  const query = new URL(request.url).searchParams;
  const status = statuses.find((one) => one === query.get('status'));
  const cursor = query.get('cursor');
  const input = { ...ref, ...(status ? { status } : {}), ...(cursor ? { cursor } : {}), limit: 50 };
  return hubCall(context, () => context.caller.schedules.occurrences(input));
}

export default function ScheduleRuns() {
  const { occurrences, nextCursor } = useLoaderData<typeof loader>();
  const narrowed = useSearchParams()[0].has('status');
  return (
    <>
      <div className="filters">
        <FilterPick
          name="status"
          label="Result"
          all="Every result"
          options={statuses.map((status) => [status, status.charAt(0).toUpperCase() + status.slice(1)] as const)}
        />
      </div>
      <RunTable
        runs={occurrences}
        empty={
          narrowed ? (
            <EmptyState title="No run is like that">
              <Link to="." className="button">
                Show every run
              </Link>
            </EmptyState>
          ) : (
            <EmptyState title="It has not been due yet">
              Each run stands here once it was due, fired or not, and says why it was not.
            </EmptyState>
          )
        }
      />
      <Pager nextCursor={nextCursor} count={occurrences.length} words={words} />
    </>
  );
}
