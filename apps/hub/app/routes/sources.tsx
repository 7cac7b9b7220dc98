import { Link, type MetaFunction, useLoaderData, useParams } from '@remix-run/react';
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
import { useLiveRefresh } from '../live/use-live-refresh.ts';
import { SourceList } from '../sources/source-list.tsx';
import { SourceTabs } from '../sources/source-tabs.tsx';

export const handle: CrumbHandle = { crumbs: () => [{ word: 'Sources' }] };
export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Sources');

export async function loader({ request, context }: LoaderFunctionArgs) {
  requireMember(context);
  return await hubCall(context, () => context.caller.sources.list({ ...listQuery(request), limit: 50 }));
}

export default function Sources() {
  const { sources, nextCursor } = useLoaderData<typeof loader>();
  const { tenant = '' } = useParams();
  const may = useMay();
  useLiveRefresh(tenant);
  return (
    <>
      <PageHeader title="Sources">
        <div className="page-actions">
          {may('definitions.write') ? (
            <Link to="new" className="button-primary">
              <Plus size={14} aria-hidden="true" />
              New source
            </Link>
          ) : null}
        </div>
      </PageHeader>
      <SourceTabs active="sources" />
      <div className="filters">
        <SearchField label="Search sources by name" />
      </div>
      <SourceList sources={sources} />
      <Pager nextCursor={nextCursor} count={sources.length} />
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
