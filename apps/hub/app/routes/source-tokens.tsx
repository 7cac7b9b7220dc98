import { apiTokenRef } from '@nexomatic/contracts/api-token-api';
import { sourceRef } from '@nexomatic/contracts/source-api';
import { type MetaFunction, useActionData, useLoaderData, useParams } from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemBanner } from '../components/problem-banner.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import { redirectWithToast } from '../components/toast/redirect-with-toast.server.ts';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, hubTry, requireMember } from '../frame/hub-call.server.ts';
import { refOf, requirePermission } from '../frame/page-guards.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { MadeToken } from '../settings/made-token.tsx';
import { TokenList } from '../settings/token-list.tsx';
import { MakeToken } from '../sources/custom/make-token.tsx';

type Data = Awaited<ReturnType<typeof loader>>;

export const handle: CrumbHandle<Data> = {
  crumbs: (loaded, { id }) => [
    { word: 'Sources', to: 'sources' },
    { word: loaded?.source.name ?? 'Source', to: `sources/${id}` },
    { word: 'Tokens' },
  ],
};
export const meta: MetaFunction<typeof loader> = ({ matches, data }) =>
  pageTitle(matches, `Tokens of ${data?.source.name ?? 'source'}`);

export async function loader({ params, context }: LoaderFunctionArgs) {
  requirePermission(context, 'tokens.write');
  const ref = refOf(context, sourceRef, params);
  const source = await hubCall(context, () => context.caller.sources.get(ref));
  const { tokens } = await hubCall(context, () => context.caller.apiTokens.list({ source: ref.id, limit: 200 }));
  return { source, tokens, hubUrl: context.publicUrl };
}

/** Makes a token, and answers with it: there is no address at which it could be read again. Or revokes one. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  requireMember(context);
  const ref = refOf(context, sourceRef, params);
  const { apiTokens, sources } = context.caller;
  const form = Object.fromEntries(await request.formData());
  if (form.intent === 'make') {
    const { name } = await hubCall(context, () => sources.get(ref));
    const input = { name, scopes: null, expiresInDays: null, source: ref.id };
    const { done, problem } = await hubTry(context, () => apiTokens.create(input));
    return problem ? { problem } : { made: { name: `The token of ${name}`, value: done.value } };
  }
  const { problem } = await hubTry(context, () => apiTokens.revoke(apiTokenRef.parse(form)));
  return problem ? { problem } : redirectWithToast(`/t/${params.tenant}/sources/${ref.id}/tokens`, 'Token revoked');
}

export default function SourceTokens() {
  const { source, tokens, hubUrl } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const { tenant = '' } = useParams();
  const here = `/t/${tenant}/sources/${source.id}/tokens`;
  return (
    <>
      <PageHeader title={`Tokens of ${source.name}`} />
      <ProblemBanner problem={reply && 'problem' in reply ? reply.problem : undefined} />
      {reply && 'made' in reply ? (
        <MadeToken {...reply.made} fires hubUrl={hubUrl} backTo={here} />
      ) : (
        <>
          <div className="flex flex-wrap items-center gap-3">
            <p className="max-w-prose text-muted text-sm">
              Whoever holds one fires events as this source, without naming it, and can do nothing else. Two are taken
              at once, so that one can be replaced without a pause.
            </p>
            <MakeToken />
          </div>
          <TokenList
            tokens={tokens}
            empty={
              <p className="p-4 text-muted text-sm">
                It has no token yet. Programs can also use any API token, and name the source.
              </p>
            }
          />
        </>
      )}
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
