import { type MetaFunction, useActionData, useParams } from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { requireMember } from '../frame/hub-call.server.ts';
import { requirePermission } from '../frame/page-guards.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { saveSinkTypeForm } from '../sink-types/save-form.server.ts';
import { SinkTypeForm } from '../sink-types/sink-type-form.tsx';

export const handle: CrumbHandle = {
  crumbs: () => [{ word: 'Sink types', to: 'sinks/types' }, { word: 'New sink type' }],
};
export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'New sink type');

export function loader({ context }: LoaderFunctionArgs) {
  requirePermission(context, 'definitions.write');
  return null;
}

export function action({ request, context, params: { tenant = '' } }: ActionFunctionArgs) {
  requireMember(context);
  return saveSinkTypeForm({ request, context, tenant, id: null });
}

export default function NewSinkType() {
  const reply = useActionData<typeof action>();
  const { tenant = '' } = useParams();
  return (
    <>
      <PageHeader title="New sink type" />
      <SinkTypeForm sinkType={null} reply={reply} cancelTo={`/t/${tenant}/sinks/types`} />
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
