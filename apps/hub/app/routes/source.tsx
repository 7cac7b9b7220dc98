import { sourceRef } from '@nexomatic/contracts/source-api';
import { Form, Link, type MetaFunction, useActionData, useLoaderData, useParams } from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import { Pencil, Power } from '../components/icons.ts';
import { IdText } from '../components/id-text.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemBanner } from '../components/problem-banner.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import { redirectWithToast } from '../components/toast/redirect-with-toast.server.ts';
import { DeleteButton } from '../definitions/delete-button.tsx';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, hubTry, requireMember } from '../frame/hub-call.server.ts';
import { refOf } from '../frame/page-guards.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { useMay } from '../frame/use-may.ts';
import { useLiveRefresh } from '../live/use-live-refresh.ts';
import { AddressOnce } from '../sources/address-once.tsx';
import { NewAddressButton } from '../sources/new-address-button.tsx';
import { SourceFacts } from '../sources/source-facts.tsx';
import { SourceOverview } from '../sources/source-overview.tsx';
import { useAddressOnce } from '../sources/use-address-once.ts';

type Data = Awaited<ReturnType<typeof loader>>;

export const handle: CrumbHandle<Data> = {
  crumbs: (data) => [{ word: 'Sources', to: 'sources' }, { word: data?.source.name ?? 'Source' }],
};
export const meta: MetaFunction<typeof loader> = ({ matches, data }) =>
  pageTitle(matches, data?.source.name ?? 'Source');

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  requireMember(context);
  const source = await hubCall(context, () => context.caller.sources.get(refOf(context, sourceRef, params)));
  const { done } = await hubTry(context, () => context.caller.events.list({ source: source.name, limit: 6 }));
  return { source, events: done?.events ?? [], hubUrl: new URL(request.url).origin };
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
  const { source, events, hubUrl } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const { tenant = '' } = useParams();
  const handed = useAddressOnce();
  const mayWrite = useMay()('definitions.write') && !source.builtIn;
  useLiveRefresh(tenant);
  const address = reply && 'address' in reply && reply.address ? reply.address : handed;
  return (
    <>
      <PageHeader title={source.name}>
        <IdText id={source.id} label="the id of the source" />
        {mayWrite ? <SourceActions source={source} /> : null}
      </PageHeader>
      {source.description ? <p className="max-w-prose text-muted">{source.description}</p> : null}
      <ProblemBanner problem={reply && 'problem' in reply ? reply.problem : undefined} />
      {address ? <AddressOnce key={address} address={address} /> : null}
      <SourceFacts source={source} />
      <SourceOverview source={source} events={events} hubUrl={hubUrl} addressShown={address !== null} />
    </>
  );
}

function SourceActions({ source: { name, kind, enabled, eventsLastDay } }: Pick<Data, 'source'>) {
  return (
    <div className="page-actions">
      <Link to="edit" className="button">
        <Pencil size={14} aria-hidden="true" />
        Edit
      </Link>
      {kind === 'WEBHOOK' ? <NewAddressButton name={name} /> : null}
      <Form method="post">
        <input type="hidden" name="intent" value={enabled ? 'disable' : 'enable'} />
        <button type="submit" className="button">
          <Power size={14} aria-hidden="true" />
          {enabled ? 'Disable' : 'Enable'}
        </button>
      </Form>
      <DeleteButton what={`the source ${name}`} typeName={name}>
        {eventsLastDay === 0
          ? 'It fired nothing in the last 24 hours. '
          : `It fired ${eventsLastDay > 1_000 ? 'more than 1,000' : eventsLastDay} events in the last 24 hours. `}
        {kind === 'WEBHOOK' ? 'Its address is unknown from then on and can not be brought back. ' : ''}
        Events and requests that came from it stay.
      </DeleteButton>
    </div>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
