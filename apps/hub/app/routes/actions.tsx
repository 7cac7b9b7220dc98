import { Link, type MetaFunction, useLoaderData } from '@remix-run/react';
import type { LoaderFunctionArgs } from '@remix-run/server-runtime';
import { ActionList } from '../actions/action-list.tsx';
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

export const handle: CrumbHandle = { crumbs: () => [{ word: 'Actions' }] };
export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Actions');

export async function loader({ request, context }: LoaderFunctionArgs) {
  requireMember(context);
  return await hubCall(context, () => context.caller.actions.list({ ...listQuery(request), limit: 50 }));
}

export default function Actions() {
  const { actions, nextCursor } = useLoaderData<typeof loader>();
  const may = useMay();
  return (
    <>
      <PageHeader title="Actions">
        <div className="page-actions">
          {may('definitions.write') ? (
            <Link to="new" className="button-primary">
              <Plus size={14} aria-hidden="true" />
              New action
            </Link>
          ) : null}
        </div>
      </PageHeader>
      <div className="filters">
        <SearchField label="Search actions by name" />
      </div>
      <ActionList actions={actions} />
      <Pager nextCursor={nextCursor} count={actions.length} />
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
