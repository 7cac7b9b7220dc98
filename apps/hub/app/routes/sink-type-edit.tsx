import { sinkTypeRef } from '@nexomatic/contracts/sink-type-api';
import { type MetaFunction, useActionData, useLoaderData, useParams } from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, requireMember } from '../frame/hub-call.server.ts';
import { refOf, requirePermission } from '../frame/page-guards.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { saveSinkTypeForm } from '../sink-types/save-form.server.ts';
import { SinkTypeForm } from '../sink-types/sink-type-form.tsx';

type Data = Awaited<ReturnType<typeof loader>>;

export const handle: CrumbHandle<Data> = {
  crumbs: (sinkType, { id }) => [
    { word: 'Sink types', to: 'sinks/types' },
    { word: sinkType?.name ?? 'Sink type', to: `sinks/types/${id}` },
    { word: 'Edit' },
  ],
};
export const meta: MetaFunction<typeof loader> = ({ matches, data }) =>
  pageTitle(matches, `Edit ${data?.name ?? 'sink type'}`);

export async function loader({ params, context }: LoaderFunctionArgs) {
  requirePermission(context, 'definitions.write');
  return await hubCall(context, () => context.caller.sinkTypes.get(refOf(context, sinkTypeRef, params)));
}

export function action({ request, context, params }: ActionFunctionArgs) {
  requireMember(context);
  const { id } = refOf(context, sinkTypeRef, params);
  return saveSinkTypeForm({ request, context, tenant: params.tenant ?? '', id });
}

export default function EditSinkType() {
  const sinkType = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const { tenant = '' } = useParams();
  return (
    <>
      <PageHeader title={`Edit ${sinkType.name}`} />
      <SinkTypeForm sinkType={sinkType} reply={reply} cancelTo={`/t/${tenant}/sinks/types/${sinkType.id}`} />
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
