import { isId } from '@nexomatic/contracts/id';
import { Link, type MetaFunction, useLoaderData } from '@remix-run/react';
import type { LoaderFunctionArgs } from '@remix-run/server-runtime';
import { Plus } from '../components/icons.ts';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import { Pager } from '../components/table/pager.tsx';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, requireMember } from '../frame/hub-call.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { useMay } from '../frame/use-may.ts';
import { useIntervalRefresh } from '../live/use-interval-refresh.ts';
import { BlackoutList } from '../schedules/blackouts/blackout-list.tsx';
import { ScheduleTabs } from '../schedules/schedule-tabs.tsx';

export const handle: CrumbHandle = {
  crumbs: () => [{ word: 'Schedules', to: 'schedules' }, { word: 'Blackout windows' }],
};
export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Blackout windows');

export async function loader({ request, context }: LoaderFunctionArgs) {
  requireMember(context);
  const cursor = new URL(request.url).searchParams.get('cursor') ?? '';
  const input = { limit: 50, ...(isId('blackout', cursor) ? { cursor } : {}) };
  return hubCall(context, () => context.caller.blackouts.list(input));
}

export default function Blackouts() {
  const { blackouts, nextCursor } = useLoaderData<typeof loader>();
  const mayWrite = useMay()('definitions.write');
  // Windows begin and end without a word.
  useIntervalRefresh(30_000);
  return (
    <>
      <PageHeader title="Blackout windows">
        <div className="page-actions">
          {mayWrite ? (
            <Link to="new" className="button-primary">
              <Plus size={14} aria-hidden="true" />
              New window
            </Link>
          ) : null}
        </div>
      </PageHeader>
      <ScheduleTabs active="blackouts" />
      <BlackoutList blackouts={blackouts} />
      <Pager nextCursor={nextCursor} count={blackouts.length} />
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
