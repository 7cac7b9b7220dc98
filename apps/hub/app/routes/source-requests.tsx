import { isId } from '@nexomatic/contracts/id';
import { sourceRef } from '@nexomatic/contracts/source-api';
import { useLoaderData, useLocation, useParams } from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import { ProblemPage } from '../components/problem-page.tsx';
import { Pager } from '../components/table/pager.tsx';
import { redirectWithToast } from '../components/toast/redirect-with-toast.server.ts';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, hubTry, notFound, requireMember } from '../frame/hub-call.server.ts';
import { refOf } from '../frame/page-guards.server.ts';
import { useIntervalRefresh } from '../live/use-interval-refresh.ts';
import { useLiveRefresh } from '../live/use-live-refresh.ts';
import { Listen } from '../sources/requests/listen.tsx';
import { NoRequests } from '../sources/requests/no-requests.tsx';
import { RequestDetailPane } from '../sources/requests/request-detail.tsx';
import { RequestFilters } from '../sources/requests/request-filters.tsx';
import { RequestList } from '../sources/requests/request-list.tsx';
import { readRequestQuery } from '../sources/requests/request-query.ts';
import { useSource } from '../sources/source-context.ts';

export const handle: CrumbHandle = { crumbs: () => [{ word: 'Requests' }] };

const pageSize = 50;

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  requireMember(context);
  const { id } = refOf(context, sourceRef, params);
  const { requests } = context.caller;
  const search = new URL(request.url).searchParams;
  const query = readRequestQuery(search);
  const cursor = search.get('cursor');
  const open = search.get('request') ?? '';
  const [page, opened] = await Promise.all([
    hubCall(context, () => requests.list({ source: id, ...query, limit: pageSize, ...(cursor ? { cursor } : {}) })),
    isId('receipt', open) ? hubCall(context, () => requests.get({ id: open })) : null,
  ]);
  return { ...page, query, opened };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  requireMember(context);
  const { id } = refOf(context, sourceRef, params);
  const asked = String((await request.formData()).get('request'));
  if (!isId('receipt', asked)) throw notFound(context.requestId);
  const { done, problem } = await hubTry(context, () => context.caller.requests.replay({ id: asked }));
  if (problem) return { problem };
  const { receiptId, eventIds } = done;
  const fired = eventIds.length === 1 ? '1 event' : `${eventIds.length} events`;
  return redirectWithToast(
    `/t/${params.tenant}/sources/${id}/requests?request=${receiptId}`,
    eventIds.length === 0 ? 'Replayed: still no route fires on it' : `Replayed: fired ${fired}`,
  );
}

/** Refused requests change no event, so that nothing tells of them. */
const refreshMs = 5_000;

export default function Requests() {
  const { requests, nextCursor, query, opened } = useLoaderData<typeof loader>();
  const { source, address } = useSource();
  useLiveRefresh(useParams().tenant ?? '');
  useIntervalRefresh(refreshMs);
  const search = new URLSearchParams(useLocation().search);
  search.delete('request');
  return (
    <>
      <RequestFilters query={query}>
        <Listen sourceId={source.id} />
      </RequestFilters>
      <div className={opened ? 'split' : undefined}>
        <div className="min-w-0">
          <RequestList
            requests={requests}
            query={query}
            split={opened !== null}
            first={<NoRequests source={source} address={address} />}
          />
          <Pager
            nextCursor={nextCursor}
            count={requests.length}
            words={{ back: 'Newer', on: 'Older', start: 'Newest', rows: 'requests' }}
          />
        </div>
        {opened ? <RequestDetailPane request={opened} closeTo={search.size === 0 ? '.' : `?${search}`} /> : null}
      </div>
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
