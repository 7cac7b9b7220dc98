import type { SecretSummary } from '@nexomatic/contracts/secret-api';
import { Link, type MetaFunction, useLoaderData } from '@remix-run/react';
import type { LoaderFunctionArgs } from '@remix-run/server-runtime';
import { EmptyState } from '../components/empty-state.tsx';
import { Plus } from '../components/icons.ts';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import { DataTable } from '../components/table/data-table.tsx';
import { Pager } from '../components/table/pager.tsx';
import type { TableColumn } from '../components/table/table-column.ts';
import { listQuery } from '../definitions/list-query.server.ts';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, requireMember } from '../frame/hub-call.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { useMay } from '../frame/use-may.ts';
import { SecretsNotYet } from '../secrets/not-yet.tsx';
import { TimeText } from '../time/time-text.tsx';

export const handle: CrumbHandle = { crumbs: () => [{ word: 'Secrets' }] };
export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Secrets');

const columns: readonly TableColumn<SecretSummary>[] = [
  { id: 'name', header: 'Name', cell: ({ name }) => <code className="text-xs">{name}</code> },
  { id: 'description', header: 'Description', cell: ({ description }) => description || '–', fill: true },
  { id: 'usedBy', header: 'Named by', cell: ({ usedBy }) => usedBy.length, align: 'end' },
  {
    id: 'updated',
    header: 'Changed',
    cell: ({ updatedAt }) => <TimeText at={updatedAt} focusable={false} />,
    align: 'end',
    from: 'md',
  },
];

export async function loader({ request, context }: LoaderFunctionArgs) {
  requireMember(context);
  return await hubCall(context, () => context.caller.secrets.list({ ...listQuery(request), limit: 50 }));
}

export default function Secrets() {
  const { secrets, nextCursor } = useLoaderData<typeof loader>();
  const mayWrite = useMay()('secrets.write');
  return (
    <>
      <PageHeader title="Secrets">
        <div className="page-actions">
          {mayWrite ? (
            <Link to="new" className="button-primary">
              <Plus size={14} aria-hidden="true" />
              New secret
            </Link>
          ) : null}
        </div>
      </PageHeader>
      <SecretsNotYet />
      <DataTable
        name="secrets"
        caption="Secrets by name"
        columns={columns}
        rows={secrets}
        rowId={({ id }) => id}
        rowName={({ name }) => name}
        rowLink={({ id }) => id}
        empty={
          <EmptyState title="No secrets">
            <p>A parameter of kind Secret names one, and the module gets its value without anybody seeing it.</p>
          </EmptyState>
        }
      />
      <Pager nextCursor={nextCursor} count={secrets.length} />
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
