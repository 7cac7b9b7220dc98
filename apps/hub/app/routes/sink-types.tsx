import { Link, type MetaFunction, useLoaderData } from '@remix-run/react';
import type { LoaderFunctionArgs } from '@remix-run/server-runtime';
import { Plus } from '../components/icons.ts';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import { SearchField } from '../components/search-field.tsx';
import { Pager } from '../components/table/pager.tsx';
import { listQuery } from '../definitions/list-query.server.ts';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, requireMember } from '../frame/hub-call.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { useMay } from '../frame/use-may.ts';
import { SinkTypeList } from '../sink-types/sink-type-list.tsx';
import { SinkTabs } from '../sinks/sink-tabs.tsx';

export const handle: CrumbHandle = { crumbs: () => [{ word: 'Sinks', to: 'sinks' }, { word: 'Sink types' }] };
export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Sink types');

export async function loader({ request, context }: LoaderFunctionArgs) {
  requireMember(context);
  return await hubCall(context, () => context.caller.sinkTypes.list({ ...listQuery(request), limit: 50 }));
}

export default function SinkTypes() {
  const { sinkTypes, nextCursor } = useLoaderData<typeof loader>();
  const may = useMay();
  return (
    <>
      <PageHeader title="Sink types">
        <div className="page-actions">
          {may('definitions.write') ? (
            <Link to="new" className="button-primary">
              <Plus size={14} aria-hidden="true" />
              New sink type
            </Link>
          ) : null}
        </div>
      </PageHeader>
      <SinkTabs active="types" />
      <div className="filters">
        <SearchField label="Search sink types by name" />
      </div>
      <SinkTypeList sinkTypes={sinkTypes} />
      <Pager nextCursor={nextCursor} count={sinkTypes.length} />
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
