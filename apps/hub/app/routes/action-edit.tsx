import { actionRef } from '@nexomatic/contracts/action-api';
import { type MetaFunction, useActionData, useLoaderData, useParams } from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import { ActionForm } from '../actions/action-form.tsx';
import { saveActionForm } from '../actions/save-form.server.ts';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import { eventTypeChoices } from '../definitions/event-type-choices.server.ts';
import { useOpened } from '../definitions/use-opened.ts';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, requireMember } from '../frame/hub-call.server.ts';
import { refOf, requirePermission } from '../frame/page-guards.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { secretChoices } from '../parameters/secret-choices.server.ts';

type Data = Awaited<ReturnType<typeof loader>>;

export const handle: CrumbHandle<Data> = {
  crumbs: (data, { id }) => [
    { word: 'Actions', to: 'actions' },
    { word: data?.action.name ?? 'Action', to: `actions/${id}` },
    { word: 'Edit' },
  ],
};
export const meta: MetaFunction<typeof loader> = ({ matches, data }) =>
  pageTitle(matches, `Edit ${data?.action.name ?? 'action'}`);

export async function loader({ params, context }: LoaderFunctionArgs) {
  requirePermission(context, 'definitions.write');
  const ref = refOf(context, actionRef, params);
  return {
    action: await hubCall(context, () => context.caller.actions.get(ref)),
    eventTypes: await eventTypeChoices(context),
    secrets: await secretChoices(context),
  };
}

export function action({ request, context, params }: ActionFunctionArgs) {
  requireMember(context);
  const { id } = refOf(context, actionRef, params);
  return saveActionForm({ request, context, tenant: params.tenant ?? '', id });
}

export default function EditAction() {
  const { action: latest, ...choices } = useLoaderData<typeof loader>();
  const edited = useOpened(latest);
  const reply = useActionData<typeof action>();
  const { tenant = '' } = useParams();
  return (
    <>
      <PageHeader title={`Edit ${edited.name}`} />
      <ActionForm
        action={edited}
        edited={edited}
        {...choices}
        reply={reply}
        cancelTo={`/t/${tenant}/actions/${edited.id}`}
      />
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
