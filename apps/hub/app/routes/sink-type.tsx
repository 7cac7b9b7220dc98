import { sinkTypeRef } from '@nexomatic/contracts/sink-type-api';
import { Link, type MetaFunction, useLoaderData, useParams } from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import { Explain } from '../components/explain.tsx';
import { Pencil } from '../components/icons.ts';
import { IdText } from '../components/id-text.tsx';
import { KeyValue } from '../components/key-value.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import { RefList } from '../components/ref-list.tsx';
import { redirectWithToast } from '../components/toast/redirect-with-toast.server.ts';
import { DeleteButton } from '../definitions/delete-button.tsx';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, hubTry, requireMember } from '../frame/hub-call.server.ts';
import { refOf } from '../frame/page-guards.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { useMay } from '../frame/use-may.ts';
import { runtimeWords } from '../sink-types/sink-type-words.ts';

type Data = Awaited<ReturnType<typeof loader>>;

export const handle: CrumbHandle<Data> = {
  crumbs: (data) => [{ word: 'Sink types', to: 'sinks/types' }, { word: data?.sinkType.name ?? 'Sink type' }],
};
export const meta: MetaFunction<typeof loader> = ({ matches, data }) =>
  pageTitle(matches, data?.sinkType.name ?? 'Sink type');

export async function loader({ params, context }: LoaderFunctionArgs) {
  requireMember(context);
  const sinkType = await hubCall(context, () => context.caller.sinkTypes.get(refOf(context, sinkTypeRef, params)));
  const { done } = await hubTry(context, () => context.caller.sinks.list({ type: sinkType.name, limit: 50 }));
  return {
    sinkType,
    sinks: done?.sinks.map(({ id, name, status }) => ({ id, name, how: status.toLowerCase() })) ?? [],
  };
}

export async function action({ params, context }: ActionFunctionArgs) {
  requireMember(context);
  const ref = refOf(context, sinkTypeRef, params);
  const { problem } = await hubTry(context, () => context.caller.sinkTypes.delete(ref));
  return problem ? { problem } : redirectWithToast(`/t/${params.tenant}/sinks/types`, 'Sink type deleted');
}

export default function SinkTypePage() {
  const { sinkType, sinks } = useLoaderData<typeof loader>();
  const { tenant = '' } = useParams();
  const { name, description, usedBy } = sinkType;
  const mayWrite = useMay()('definitions.write');
  return (
    <>
      <PageHeader title={name}>
        <IdText id={sinkType.id} label="the id of the sink type" />
        {mayWrite ? (
          <div className="page-actions">
            <Link to="edit" className="button">
              <Pencil size={14} aria-hidden="true" />
              Edit
            </Link>
            <DeleteButton
              what={`the sink type ${name}`}
              references={[
                ...usedBy.map((one) => ({ ...one, how: 'runs on it' })),
                ...sinks.map((sink) => ({ id: sink.id, name: sink.name, how: 'is of this type' })),
              ]}
              blockedText="Event types or sinks are of this type. Give them another one first, or delete them."
            >
              Nothing is of this type, so nothing else changes.
            </DeleteButton>
          </div>
        ) : null}
      </PageHeader>
      {description ? <p className="max-w-prose text-muted">{description}</p> : null}
      <KeyValue
        items={[
          {
            name: 'Runtime',
            value: runtimeWords.find(({ value }) => value === sinkType.runtime)?.label ?? sinkType.runtime,
          },
          { name: 'Sinks online', value: `${sinkType.sinks.online} of ${sinkType.sinks.total}` },
          { name: 'Event types', value: usedBy.length },
        ]}
      />
      {usedBy.length > 0 && sinkType.sinks.online === 0 ? (
        <Explain warning fix={{ word: 'See the sinks', to: `/t/${tenant}/sinks?type=${encodeURIComponent(name)}` }}>
          No sink of this type is online, so its events wait.
        </Explain>
      ) : null}
      <div className="columns">
        <section className="card panel" aria-labelledby="used-title">
          <h2 id="used-title">Where used</h2>
          <RefList references={usedBy} empty="No event type runs on it." />
        </section>
        <section className="card panel" aria-labelledby="sinks-title">
          <h2 id="sinks-title">Sinks</h2>
          <RefList references={sinks} empty="There is no sink of this type." />
        </section>
      </div>
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
