import { parseEventQuery } from '@nexomatic/contracts/event-query';
import { Link, type MetaFunction, useLoaderData, useLocation, useNavigation, useParams } from '@remix-run/react';
import { data, type LoaderFunctionArgs, redirect } from '@remix-run/server-runtime';
import { Zap } from '../components/icons.ts';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import { Pager } from '../components/table/pager.tsx';
import { EventTable } from '../events/event-table.tsx';
import { ExportMenu } from '../events/export-menu.tsx';
import { FilterBar } from '../events/filter-bar.tsx';
import { addressOf, askedText, pageSize, readAddress, redirectOf } from '../events/list-address.ts';
import { NewRows } from '../events/new-rows.tsx';
import { NewRowsNotice } from '../events/new-rows-notice.tsx';
import { NoEvents } from '../events/no-events.tsx';
import { useRememberedList } from '../events/remembered-list.ts';
import { SearchedBack } from '../events/searched-back.tsx';
import { useHeld } from '../events/use-held.ts';
import { useShownRows } from '../events/use-shown-rows.ts';
import { ViewsBar } from '../events/views-bar.tsx';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, hubTry, requireMember } from '../frame/hub-call.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { useMay } from '../frame/use-may.ts';
import { keepLast, useKeptLast } from '../live/keep-last.ts';
import { LiveDot } from '../live/live-dot.tsx';
import { useLiveRefresh } from '../live/use-live-refresh.ts';

/** One and the same array: columns are made anew when it changes. */
const usualColumns: readonly string[] = [];

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Events');
export const handle: CrumbHandle = { crumbs: () => [{ word: 'Events' }] };

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  requireMember(context);
  const { caller } = context;
  const search = new URL(request.url).searchParams;
  const moved = redirectOf(search);
  if (moved !== null) throw redirect(`/t/${params.tenant}/events${moved}`);
  const { text, cursor } = readAddress(search);
  const [page, { views }] = await Promise.all([findEvents(), hubCall(context, () => caller.views.list({}))]);
  return { ...page, views, latest: await latestEvent(), edgeUrl: context.edgeUrl };

  /** What can't be read or answered is said at the filter; the page around it stays. */
  async function findEvents() {
    const nothing = { events: [], nextCursor: null, searchedTo: null, hint: null, refusal: null };
    const parsed = parseEventQuery(text);
    if (!parsed.ok) return nothing;
    const input = { q: askedText(parsed.query), limit: pageSize, include: ['waiting' as const] };
    const { done, problem } = await hubTry(context, () => caller.events.list(cursor ? { ...input, cursor } : input));
    if (!problem) return { ...done, refusal: null };
    const fault = problem.errors?.find(({ path }) => path === 'q');
    if (problem.code !== 'bad_request' || !fault) throw data(problem, { status: problem.status });
    return { ...nothing, refusal: fault.message };
  }

  /** When a list is empty, the page says whether anything ever came. */
  async function latestEvent(): Promise<string | null> {
    const newest = page.events[0] ?? (await hubCall(context, () => caller.events.list({ limit: 1 }))).events[0];
    return newest?.createdAt ?? null;
  }
}

export const clientLoader = keepLast<Awaited<ReturnType<typeof loader>>>();

export function ErrorBoundary() {
  return <ProblemPage />;
}

export default function Events() {
  const data = useLoaderData<typeof clientLoader>();
  useKeptLast(clientLoader, data);
  const { events, nextCursor, searchedTo, hint, refusal, views, latest, edgeUrl } = data;
  const { tenant = '' } = useParams();
  const location = useLocation();
  const pending = useNavigation().location;
  const address = readAddress(new URLSearchParams(location.search));
  // What somebody just chose shows at once, before the list has followed.
  const chosen = pending?.pathname === location.pathname ? readAddress(new URLSearchParams(pending.search)) : address;
  const { held, holders } = useHeld();
  const { rows, waiting, openedAt, letIn } = useShownRows({
    address: location.pathname + location.search,
    fresh: events,
    complete: nextCursor === null,
    held,
  });
  useLiveRefresh(tenant);
  useRememberedList(tenant, rows);
  const readable = parseEventQuery(address.text).ok && refusal === null;

  return (
    <>
      <PageHeader title="Events">
        <span className="ml-auto flex items-center gap-2">
          <LiveDot />
          <ExportMenu address={address} />
          <FireButton />
        </span>
      </PageHeader>
      <ViewsBar address={chosen} views={views} />
      <FilterBar address={chosen} refusal={refusal} />
      <NewRowsNotice rows={rows} openedAt={openedAt} waiting={waiting} />
      <div className="events-frame">
        {waiting > 0 ? <NewRows count={waiting} pageSize={pageSize} letIn={letIn} /> : null}
        <div {...holders}>
          {rows.length > 0 ? (
            <EventTable
              rows={rows}
              address={address}
              viewColumns={views.find(({ id }) => id === address.view)?.columns ?? usualColumns}
              openedAt={openedAt}
              busy={pending !== undefined}
            />
          ) : null}
        </div>
        {rows.length === 0 && readable && searchedTo === null ? (
          <NoEvents address={address} latest={latest} hint={hint} edgeUrl={edgeUrl} />
        ) : null}
        {readable ? null : <p className="events-unread">Correct the filter to see events.</p>}
        {searchedTo === null || nextCursor === null ? null : (
          <SearchedBack to={searchedTo} found={rows.length} href={addressOf({ ...address, cursor: nextCursor })} />
        )}
      </div>
      <Pager
        nextCursor={searchedTo === null ? nextCursor : null}
        count={rows.length}
        hrefOf={(cursor) => addressOf({ ...address, cursor }) || '.'}
        words={{ back: 'Newer', on: 'Older', start: 'Newest', rows: 'events' }}
      />
    </>
  );
}

function FireButton() {
  if (!useMay()('events.fire')) return null;
  return (
    <Link to="new" className="button-primary">
      <Zap size={14} aria-hidden="true" />
      Fire<span className="hidden sm:inline"> event</span>
    </Link>
  );
}
