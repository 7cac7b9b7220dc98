import { systemClock } from '@nexomatic/clock';
import type { EventSummary } from '@nexomatic/contracts/event-api';
import { type MetaFunction, useLoaderData, useLocation, useNavigation, useParams } from '@remix-run/react';
import type { LoaderFunctionArgs } from '@remix-run/server-runtime';
import { ArrowUp } from '../components/icons.ts';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import { Pager } from '../components/table/pager.tsx';
import { EventTable } from '../events/event-table.tsx';
import { FilterBar } from '../events/filter-bar.tsx';
import { filterQuery, listInput, pageSize, readFilter } from '../events/list-filter.ts';
import { NewRowsNotice } from '../events/new-rows-notice.tsx';
import { NoEvents } from '../events/no-events.tsx';
import { useHeld } from '../events/use-held.ts';
import { useShownRows } from '../events/use-shown-rows.ts';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, requireMember } from '../frame/hub-call.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { keepLast } from '../live/keep-last.ts';
import { LiveDot } from '../live/live-dot.tsx';
import { useLiveRefresh } from '../live/use-live-refresh.ts';

export const handle: CrumbHandle = { crumbs: () => [{ word: 'Events' }] };

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Events');

export async function loader({ request, context }: LoaderFunctionArgs) {
  requireMember(context);
  const filter = readFilter(new URL(request.url).searchParams);
  const page = await hubCall(context, () => context.caller.events.list(listInput(filter, systemClock.now())));
  return { ...page, latest: await latestEvent(page.events), edgeUrl: context.edgeUrl };

  /** When a list is empty, the page says whether anything ever came. */
  async function latestEvent(events: EventSummary[]): Promise<string | null> {
    const newest = events[0] ?? (await hubCall(context, () => context.caller.events.list({ limit: 1 }))).events[0];
    return newest?.createdAt ?? null;
  }
}

export const clientLoader = keepLast<Awaited<ReturnType<typeof loader>>>();

export function ErrorBoundary() {
  return <ProblemPage />;
}

export default function Events() {
  const { events, nextCursor, latest, edgeUrl } = useLoaderData<typeof clientLoader>();
  const { tenant = '' } = useParams();
  const location = useLocation();
  const pending = useNavigation().location;
  const filter = readFilter(new URLSearchParams(location.search));
  // What somebody just chose shows at once, before the list has followed.
  const chosen = pending?.pathname === location.pathname ? readFilter(new URLSearchParams(pending.search)) : filter;
  const { held, holders } = useHeld();
  const { rows, waiting, openedAt, letIn } = useShownRows({
    address: location.pathname + location.search,
    fresh: events,
    complete: nextCursor === null,
    held,
  });
  useLiveRefresh(tenant);

  return (
    <>
      <PageHeader title="Events">
        <span className="ml-auto">
          <LiveDot />
        </span>
      </PageHeader>
      <FilterBar filter={chosen} types={[...new Set(events.map((event) => event.type))]} />
      <NewRowsNotice rows={rows} openedAt={openedAt} waiting={waiting} />
      <div className="events-frame" {...holders}>
        {waiting > 0 ? (
          <button
            type="button"
            className="new-rows"
            onClick={() => {
              letIn();
              window.scrollTo({ top: 0 });
            }}
          >
            <ArrowUp size={14} aria-hidden="true" />
            {waiting >= pageSize ? `${waiting}+` : waiting} new
          </button>
        ) : null}
        {rows.length > 0 ? (
          <EventTable rows={rows} openedAt={openedAt} busy={pending !== undefined} />
        ) : (
          <NoEvents filter={filter} latest={latest} edgeUrl={edgeUrl} />
        )}
      </div>
      <Pager
        nextCursor={nextCursor}
        count={rows.length}
        hrefOf={(cursor) => filterQuery(filter, { cursor }) || '.'}
        words={{ back: 'Newer', on: 'Older', start: 'Newest', rows: 'events' }}
      />
    </>
  );
}
