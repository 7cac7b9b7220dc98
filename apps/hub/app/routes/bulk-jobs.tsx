import type { BulkJob } from '@nexomatic/contracts/bulk-api';
import { Link, type MetaFunction, useLoaderData } from '@remix-run/react';
import type { LoaderFunctionArgs } from '@remix-run/server-runtime';
import { BulkStatePill } from '../bulk/bulk-state.tsx';
import { actionWords, countText, jobName } from '../bulk/bulk-words.ts';
import { usePolling } from '../bulk/use-polling.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import { DataTable } from '../components/table/data-table.tsx';
import { Pager } from '../components/table/pager.tsx';
import type { TableColumn } from '../components/table/table-column.ts';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, requireMember } from '../frame/hub-call.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { keepLast, useKeptLast } from '../live/keep-last.ts';
import { TimeText } from '../time/time-text.tsx';

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Bulk jobs');
export const handle: CrumbHandle = { crumbs: () => [{ word: 'Bulk jobs' }] };

export async function loader({ request, context }: LoaderFunctionArgs) {
  requireMember(context);
  const cursor = new URL(request.url).searchParams.get('cursor');
  return await hubCall(context, () => context.caller.bulk.list({ limit: 50, ...(cursor ? { cursor } : {}) }));
}

export const clientLoader = keepLast<Awaited<ReturnType<typeof loader>>>();

const columns: TableColumn<BulkJob>[] = [
  { id: 'name', header: 'Name', cell: jobName, fill: true },
  { id: 'state', header: 'State', cell: ({ state }) => <BulkStatePill state={state} /> },
  { id: 'action', header: 'Action', cell: ({ action }) => actionWords[action].verb, from: 'sm' },
  {
    id: 'done',
    header: 'Done',
    cell: (job) => `${job.done.toLocaleString('en')} of ${countText(job.count, job.more)}`,
    align: 'end',
  },
  { id: 'skipped', header: 'Skipped', cell: ({ skipped }) => skipped.toLocaleString('en'), align: 'end', from: 'md' },
  { id: 'failed', header: 'Failed', cell: ({ failed }) => failed.toLocaleString('en'), align: 'end', from: 'md' },
  { id: 'by', header: 'By', cell: ({ createdBy }) => createdBy.name, from: 'lg' },
  {
    id: 'created',
    header: 'Started',
    cell: ({ createdAt }) => <TimeText at={createdAt} focusable={false} />,
    align: 'end',
  },
];

export default function BulkJobs() {
  const data = useLoaderData<typeof clientLoader>();
  useKeptLast(clientLoader, data);
  const { jobs, nextCursor } = data;
  usePolling(jobs.some(({ state }) => state === 'RUNNING'));
  return (
    <>
      <PageHeader title="Bulk jobs" />
      <DataTable
        name="bulk"
        caption="Bulk jobs, newest first"
        columns={columns}
        rows={jobs}
        rowId={({ id }) => id}
        rowName={jobName}
        rowLink={({ id }) => id}
        empty={
          <EmptyState title="No bulk jobs yet">
            <p>
              A bulk job re-runs or cancels everything that a filter finds. Filter the events, select the rows of the
              page by the box in the table’s head, and choose “Re-run…” or “Cancel…”.
            </p>
            <Link to="../events" relative="path" className="button">
              Go to the events
            </Link>
          </EmptyState>
        }
      />
      <Pager nextCursor={nextCursor} count={jobs.length} />
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
