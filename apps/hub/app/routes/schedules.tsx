import type { ScheduleSummary } from '@nexomatic/contracts/schedule-api';
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
import { cronWords } from '../schedules/cron/cron-words.server.ts';
import { SchedulesNotYet } from '../schedules/not-yet.tsx';

export const handle: CrumbHandle = { crumbs: () => [{ word: 'Schedules' }] };
export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Schedules');

const columns: readonly TableColumn<ScheduleSummary & { words: string | null }>[] = [
  { id: 'name', header: 'Name', cell: ({ name }) => name },
  { id: 'when', header: 'When', cell: ({ words, cron }) => words ?? <code className="text-xs">{cron}</code> },
  { id: 'zone', header: 'Time zone', cell: ({ timeZone }) => timeZone },
  { id: 'fires', header: 'Fires', cell: ({ eventType }) => eventType?.name ?? '–', fill: true },
];

export async function loader({ request, context }: LoaderFunctionArgs) {
  requireMember(context);
  const input = { ...listQuery(request), limit: 50 };
  const { schedules, nextCursor } = await hubCall(context, () => context.caller.schedules.list(input));
  return {
    schedules: schedules.map((one) => ({ ...one, words: one.cron === null ? null : cronWords(one.cron) })),
    nextCursor,
  };
}

export default function Schedules() {
  const { schedules, nextCursor } = useLoaderData<typeof loader>();
  const mayWrite = useMay()('definitions.write');
  return (
    <>
      <PageHeader title="Schedules">
        <div className="page-actions">
          {mayWrite ? (
            <Link to="new" className="button-primary">
              <Plus size={14} aria-hidden="true" />
              New schedule
            </Link>
          ) : null}
        </div>
      </PageHeader>
      <SchedulesNotYet />
      <DataTable
        name="schedules"
        caption="Schedules by name"
        columns={columns}
        rows={schedules}
        rowId={({ id }) => id}
        rowName={({ name }) => name}
        rowLink={({ id }) => id}
        empty={
          <EmptyState title="No schedules">
            <p>A schedule fires an event type at the times that a cron expression names, in a time zone.</p>
          </EmptyState>
        }
      />
      <Pager nextCursor={nextCursor} count={schedules.length} />
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
