import { apiTokenRef } from '@nexomatic/contracts/api-token-api';
import { isId } from '@nexomatic/contracts/id';
import { Link, type MetaFunction, useLoaderData } from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import { Plus } from '../components/icons.ts';
import { ProblemPage } from '../components/problem-page.tsx';
import { Pager } from '../components/table/pager.tsx';
import { redirectWithToast } from '../components/toast/redirect-with-toast.server.ts';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, hubTry, requireMember } from '../frame/hub-call.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { TokenList } from '../settings/token-list.tsx';

export const handle: CrumbHandle = { crumbs: () => [{ word: 'API tokens' }] };
export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'API tokens');

export async function loader({ request, context }: LoaderFunctionArgs) {
  requireMember(context);
  const cursor = new URL(request.url).searchParams.get('cursor') ?? '';
  return await hubCall(context, () => context.caller.apiTokens.list(isId('apiToken', cursor) ? { cursor } : {}));
}

/** Revokes one. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  requireMember(context);
  const token = apiTokenRef.parse(Object.fromEntries(await request.formData()));
  const { problem } = await hubTry(context, () => context.caller.apiTokens.revoke(token));
  return problem ? { problem } : redirectWithToast(`/t/${params.tenant}/settings/tokens`, 'Token revoked');
}

export default function ApiTokens() {
  const { tokens, nextCursor } = useLoaderData<typeof loader>();
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <p className="text-muted text-sm">
          Programs send one as <code>Authorization: Bearer nxt_…</code>;{' '}
          <Link className="link" to="/api">
            what they can ask
          </Link>
          .
        </p>
        <Link to="new" className="button-primary ml-auto">
          <Plus size={14} aria-hidden="true" />
          New token
        </Link>
      </div>
      <TokenList tokens={tokens} />
      <Pager nextCursor={nextCursor} count={tokens.length} />
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
