import { systemClock } from '@nexomatic/clock';
import { sinkStatuses } from '@nexomatic/contracts/sink-api';
import { Link, type MetaFunction, useLoaderData, useParams } from '@remix-run/react';
import type { LoaderFunctionArgs } from '@remix-run/server-runtime';
import { Plus } from '../components/icons.ts';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import { Pager } from '../components/table/pager.tsx';
import { listQuery } from '../definitions/list-query.server.ts';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, requireMember } from '../frame/hub-call.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { useMay } from '../frame/use-may.ts';
import { useHintRefresh } from '../live/use-hint-refresh.ts';
import { useIntervalRefresh } from '../live/use-interval-refresh.ts';
import { SilentSinks } from '../sinks/silent-sinks.tsx';
import { SinkFilter } from '../sinks/sink-filter.tsx';
import { SinkList } from '../sinks/sink-list.tsx';
import { SinkTabs } from '../sinks/sink-tabs.tsx';

export const handle: CrumbHandle = { crumbs: () => [{ word: 'Sinks' }] };
export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Sinks');

/** A sink that went away is told of so long; after that the list tells. */
const toldMs = 30 * 60_000;

export async function loader({ request, context }: LoaderFunctionArgs) {
  requireMember(context);
  const query = new URL(request.url).searchParams;
  const status = sinkStatuses.find((one) => one === query.get('status'));
  const type = query.get('type')?.slice(0, 100);
  const narrowed = { ...listQuery(request), ...(status ? { status } : {}), ...(type ? { type } : {}) };
  const page = await hubCall(context, () => context.caller.sinks.list({ ...narrowed, limit: 50 }));
  const { sinkTypes } = await hubCall(context, () => context.caller.sinkTypes.list({ limit: 200 }));
  const since = new Date(systemClock.now() - toldMs).toISOString();
  const { transitions } = await hubCall(context, () => context.caller.sinks.transitions({ since, limit: 200 }));
  return { ...page, types: sinkTypes.map(({ name }) => name), transitions };
}

export default function Sinks() {
  const { sinks, nextCursor, types, transitions } = useLoaderData<typeof loader>();
  const may = useMay();
  const { tenant = '' } = useParams();
  useHintRefresh(tenant, 'sinks');
  useIntervalRefresh(5_000);
  return (
    <>
      <PageHeader title="Sinks">
        <div className="page-actions">
          {may('sinks.write') ? (
            <Link to="new" className="button-primary">
              <Plus size={14} aria-hidden="true" />
              Add sink
            </Link>
          ) : null}
        </div>
      </PageHeader>
      <SinkTabs active="sinks" />
      <SilentSinks transitions={transitions} />
      <SinkFilter types={types} />
      <SinkList sinks={sinks} />
      <Pager nextCursor={nextCursor} count={sinks.length} />
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
