import { sinkRef } from '@nexomatic/contracts/sink-api';
import { Link, type MetaFunction, Outlet, useLoaderData, useLocation, useParams } from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import { Pencil } from '../components/icons.ts';
import { IdText } from '../components/id-text.tsx';
import { LinkTabs } from '../components/link-tabs.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import { redirectWithToast } from '../components/toast/redirect-with-toast.server.ts';
import { DeleteButton } from '../definitions/delete-button.tsx';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, hubTry, requireMember } from '../frame/hub-call.server.ts';
import { refOf } from '../frame/page-guards.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { useMay } from '../frame/use-may.ts';
import { useHintRefresh } from '../live/use-hint-refresh.ts';
import { useIntervalRefresh } from '../live/use-interval-refresh.ts';
import { useLiveRefresh } from '../live/use-live-refresh.ts';
import { lossesWith } from '../secrets/end-to-end/losses.server.ts';
import { LossNote } from '../sinks/loss-note.tsx';
import { RevokeButton } from '../sinks/revoke-button.tsx';
import { SinkStatus } from '../sinks/sink-status.tsx';

type Data = Awaited<ReturnType<typeof loader>>;

export const handle: CrumbHandle<Data> = {
  crumbs: (data, { id }) => [
    { word: 'Sinks', to: 'sinks' },
    { word: data?.sink.name ?? 'Sink', to: `sinks/${id}` },
  ],
};
export const meta: MetaFunction<typeof loader> = ({ matches, data }) => pageTitle(matches, data?.sink.name ?? 'Sink');

export async function loader({ params, context }: LoaderFunctionArgs) {
  requireMember(context);
  const ref = refOf(context, sinkRef, params);
  const sink = await hubCall(context, () => context.caller.sinks.get(ref));
  return { sink, losses: sink.sealKey ? await lossesWith(context, ref.id) : [] };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  requireMember(context);
  const { id } = refOf(context, sinkRef, params);
  const form = await request.formData();
  const confirmLoss = form.get('confirmLoss') === 'true';
  if (form.get('intent') === 'revoke') {
    const { problem } = await hubTry(context, () => context.caller.sinks.revoke({ id, confirmLoss }));
    return problem ? { problem } : redirectWithToast(`/t/${params.tenant}/sinks/${id}`, 'Sink revoked');
  }
  const force = form.get('force') === 'true';
  const { problem } = await hubTry(context, () => context.caller.sinks.remove({ id, force, confirmLoss }));
  return problem ? { problem } : redirectWithToast(`/t/${params.tenant}/sinks`, 'Sink removed');
}

export default function SinkPage() {
  const { sink, losses } = useLoaderData<typeof loader>();
  const { tenant = '' } = useParams();
  const may = useMay();
  useLiveRefresh(tenant);
  useHintRefresh(tenant, 'sinks');
  useIntervalRefresh(5_000);
  return (
    <>
      <PageHeader title={sink.name}>
        <SinkStatus {...sink} />
        <IdText id={sink.id} label="the id of the sink" />
        {may('sinks.write') ? <SinkActions sink={sink} losses={losses} /> : null}
      </PageHeader>
      {sink.description ? <p className="max-w-prose text-muted">{sink.description}</p> : null}
      <SinkPartTabs />
      <Outlet context={sink} />
    </>
  );
}

const parts = [
  { key: 'overview', word: 'Overview' },
  { key: 'control', word: 'Control' },
  { key: 'history', word: 'History' },
];

function SinkPartTabs() {
  const { tenant = '', id = '' } = useParams();
  const home = `/t/${tenant}/sinks/${id}`;
  const below = useLocation().pathname.slice(home.length + 1);
  const tabs = parts.map((part) => ({ ...part, to: part.key === 'overview' ? home : `${home}/${part.key}` }));
  return <LinkTabs label="Parts of the sink" tabs={tabs} active={below === '' ? 'overview' : below} />;
}

function SinkActions({ sink: { name, runningEvents, credential }, losses }: Pick<Data, 'sink' | 'losses'>) {
  const running = runningEvents.map(({ id, type }) => ({ id, name: type, how: 'runs on it' }));
  return (
    <div className="page-actions">
      <Link to="edit" className="button">
        <Pencil size={14} aria-hidden="true" />
        Edit
      </Link>
      {credential === 'revoked' ? null : <RevokeButton name={name} running={runningEvents.length} losses={losses} />}
      <DeleteButton
        what={`the sink ${name}`}
        word="Remove"
        typeName={name}
        references={[...losses, ...running]}
        fields={{
          ...(running.length > 0 ? { force: 'true' } : {}),
          ...(losses.length > 0 ? { confirmLoss: 'true' } : {}),
        }}
      >
        <LossNote count={losses.length} />
        Its keys and its token stop working at once, so the agent can take no further work and has to join anew.
        {running.length > 0 ? ' It runs events: what they end with can not be reported, and they count as lost.' : ''}
      </DeleteButton>
    </div>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
