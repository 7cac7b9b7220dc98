import { Link, type MetaFunction, useLoaderData } from '@remix-run/react';
import type { LoaderFunctionArgs } from '@remix-run/server-runtime';
import { Explain } from '../components/explain.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import { RefList } from '../components/ref-list.tsx';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, requireMember } from '../frame/hub-call.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { useMay } from '../frame/use-may.ts';
import { KindName } from '../sources/source-kinds.tsx';
import { SourceTabs } from '../sources/source-tabs.tsx';

export const handle: CrumbHandle = {
  crumbs: () => [{ word: 'Sources', to: 'sources' }, { word: 'Source types' }],
};
export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Source types');

export async function loader({ context }: LoaderFunctionArgs) {
  requireMember(context);
  return await hubCall(context, () => context.caller.sourceTypes.list({}));
}

export default function SourceTypes() {
  const { sourceTypes, anyKind } = useLoaderData<typeof loader>();
  const may = useMay();
  return (
    <>
      <PageHeader title="Source types" />
      <SourceTabs active="types" />
      <p className="max-w-prose text-muted text-sm">
        A source type says how events reach the hub. An event type may be kept for one of them;{' '}
        {anyKind === 1 ? '1 event type takes' : `${anyKind} event types take`} events from every kind.
      </p>
      <div className="kind-cards">
        {sourceTypes.map(({ kind, description, unavailable, sources, eventTypes }) => (
          <section key={kind} className="card panel stack" aria-labelledby={`kind-${kind}`}>
            <h2 id={`kind-${kind}`} className="flex items-center justify-between gap-3">
              <KindName kind={kind} />
              <span className="font-normal text-muted">{sources === 1 ? '1 source' : `${sources} sources`}</span>
            </h2>
            <p className="text-muted text-sm">{description}</p>
            {unavailable ? <Explain>{unavailable}</Explain> : null}
            <div>
              <h3 className="mb-1 text-faint text-xs">Only this kind may fire</h3>
              <RefList references={eventTypes} empty="No event type is kept for it." />
            </div>
            {unavailable === null && may('definitions.write') ? (
              <Link to={`../sources/new?kind=${kind}`} className="button self-start">
                New source of this type
              </Link>
            ) : null}
          </section>
        ))}
      </div>
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
