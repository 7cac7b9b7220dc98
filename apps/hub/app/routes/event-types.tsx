import { Link, type MetaFunction, useLoaderData, useSearchParams } from '@remix-run/react';
import type { LoaderFunctionArgs } from '@remix-run/server-runtime';
import { Plus } from '../components/icons.ts';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import { SearchField, searchHref } from '../components/search-field.tsx';
import { Pager } from '../components/table/pager.tsx';
import { listQuery } from '../definitions/list-query.server.ts';
import { EventTypeList } from '../event-types/event-type-list.tsx';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, requireMember } from '../frame/hub-call.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { useMay } from '../frame/use-may.ts';

export const handle: CrumbHandle = { crumbs: () => [{ word: 'Event types' }] };
export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Event types');

export async function loader({ request, context }: LoaderFunctionArgs) {
  requireMember(context);
  const enabled = new URL(request.url).searchParams.get('enabled');
  return await hubCall(context, () =>
    context.caller.eventTypes.list({
      ...listQuery(request),
      ...(enabled === 'true' || enabled === 'false' ? { enabled: enabled === 'true' } : {}),
      limit: 50,
    }),
  );
}

const choices = [
  { value: '', word: 'All' },
  { value: 'true', word: 'Enabled' },
  { value: 'false', word: 'Disabled' },
];

export default function EventTypes() {
  const { eventTypes, nextCursor } = useLoaderData<typeof loader>();
  const [search] = useSearchParams();
  const may = useMay();
  return (
    <>
      <PageHeader title="Event types">
        <div className="page-actions">
          {may('definitions.write') ? (
            <Link to="new" className="button-primary">
              <Plus size={14} aria-hidden="true" />
              New event type
            </Link>
          ) : null}
        </div>
      </PageHeader>
      <div className="filters">
        <SearchField label="Search event types by name" />
        <nav className="segments" aria-label="By state">
          {choices.map(({ value, word }) => (
            <Link
              key={word}
              to={searchHref(search, 'enabled', value)}
              className="segment"
              aria-current={(search.get('enabled') ?? '') === value || undefined}
              replace
            >
              {word}
            </Link>
          ))}
        </nav>
      </div>
      <EventTypeList eventTypes={eventTypes} />
      <Pager nextCursor={nextCursor} count={eventTypes.length} />
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
