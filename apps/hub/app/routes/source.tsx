import { sourceRef } from '@nexomatic/contracts/source-api';
import { type MetaFunction, Outlet, useActionData, useLoaderData, useLocation, useParams } from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import { IdText } from '../components/id-text.tsx';
import { LinkTabs } from '../components/link-tabs.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemBanner } from '../components/problem-banner.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import { redirectWithToast } from '../components/toast/redirect-with-toast.server.ts';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, hubTry, requireMember } from '../frame/hub-call.server.ts';
import { refOf } from '../frame/page-guards.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { useMay } from '../frame/use-may.ts';
import { AddressOnce } from '../sources/address-once.tsx';
import { SourceActions } from '../sources/source-actions.tsx';
import type { SourceContext } from '../sources/source-context.ts';
import { EnabledBadge } from '../sources/source-list.tsx';
import { useAddressOnce } from '../sources/use-address-once.ts';
import { SchemeBadge } from '../sources/verify/scheme-badge.tsx';

type Data = Awaited<ReturnType<typeof loader>>;

export const handle: CrumbHandle<Data> = {
  crumbs: (data, { id }) => [
    { word: 'Sources', to: 'sources' },
    { word: data?.source.name ?? 'Source', to: `sources/${id}` },
  ],
};
export const meta: MetaFunction<typeof loader> = ({ matches, data }) =>
  pageTitle(matches, data?.source.name ?? 'Source');

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  requireMember(context);
  const source = await hubCall(context, () => context.caller.sources.get(refOf(context, sourceRef, params)));
  return { source, hubUrl: new URL(request.url).origin };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  requireMember(context);
  const ref = refOf(context, sourceRef, params);
  const { sources } = context.caller;
  const here = `/t/${params.tenant}/sources/${ref.id}`;
  const intent = (await request.formData()).get('intent');
  if (intent === 'rotate') {
    const { done, problem } = await hubTry(context, () => sources.rotateKey(ref));
    return problem ? { problem } : { address: done.address };
  }
  if (intent === 'delete') {
    const { problem } = await hubTry(context, () => sources.delete(ref));
    return problem ? { problem } : redirectWithToast(`/t/${params.tenant}/sources`, 'Source deleted');
  }
  const enable = intent === 'enable';
  const { problem } = await hubTry(context, () => (enable ? sources.enable(ref) : sources.disable(ref)));
  return problem ? { problem } : redirectWithToast(here, enable ? 'Source enabled' : 'Source disabled');
}

export default function SourcePage() {
  const { source, hubUrl } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const mayWrite = useMay()('definitions.write') && (!source.builtIn || source.kind === 'SCHEDULER');
  const address = useAddressOnce(reply && 'address' in reply ? reply.address : null);
  return (
    <>
      <PageHeader title={source.name}>
        <EnabledBadge enabled={source.enabled} />
        {source.scheme ? <SchemeBadge scheme={source.scheme} /> : null}
        <IdText id={source.id} label="the id of the source" />
        {mayWrite ? <SourceActions source={source} /> : null}
      </PageHeader>
      {source.description ? <p className="max-w-prose text-muted">{source.description}</p> : null}
      <ProblemBanner problem={reply && 'problem' in reply ? reply.problem : undefined} />
      {address ? <AddressOnce key={address} address={address} scheme={source.scheme} /> : null}
      {source.settings ? <SourcePartTabs /> : null}
      <Outlet context={{ source, address, hubUrl } satisfies SourceContext} />
    </>
  );
}

const parts = [
  { key: 'overview', word: 'Overview' },
  { key: 'verify', word: 'Verify' },
  { key: 'routing', word: 'Routing' },
  { key: 'requests', word: 'Requests' },
  { key: 'held', word: 'Held' },
  { key: 'set-up', word: 'Set-up' },
];

function SourcePartTabs() {
  const { tenant = '', id = '' } = useParams();
  const home = `/t/${tenant}/sources/${id}`;
  const below = useLocation().pathname.slice(home.length + 1);
  const tabs = parts.map((part) => ({ ...part, to: part.key === 'overview' ? home : `${home}/${part.key}` }));
  return <LinkTabs label="Parts of the source" tabs={tabs} active={below === '' ? 'overview' : below} />;
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
