import { secretStates } from '@nexomatic/contracts/secret-api';
import { Link, type MetaFunction, useLoaderData } from '@remix-run/react';
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
import { SecretFilter, secretKinds, secretOrders } from '../secrets/secret-filter.tsx';
import { SecretList } from '../secrets/secret-list.tsx';

export const handle: CrumbHandle = { crumbs: () => [{ word: 'Secrets' }] };
export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Secrets');

export async function loader({ request, context }: LoaderFunctionArgs) {
  requireMember(context);
  const query = new URL(request.url).searchParams;
  const state = [...secretStates, 'missing' as const].find((one) => one === query.get('state'));
  const [sort] = secretOrders.find(([one]) => one === query.get('sort')) ?? [];
  const [kind] = secretKinds.find(([one]) => one === query.get('kind')) ?? [];
  const narrowed = {
    ...listQuery(request),
    ...(state ? { state } : {}),
    ...(sort ? { sort } : {}),
    ...(kind ? { endToEnd: kind === 'end-to-end' } : {}),
  };
  return await hubCall(context, () => context.caller.secrets.list({ ...narrowed, limit: 50 }));
}

export default function Secrets() {
  const { secrets, missing, nextCursor } = useLoaderData<typeof loader>();
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
      <SecretFilter />
      <SecretList secrets={secrets} missing={missing} />
      <Pager nextCursor={nextCursor} count={secrets.length} />
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
