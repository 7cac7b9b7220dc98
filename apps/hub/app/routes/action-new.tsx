import { isId } from '@nexomatic/contracts/id';
import { type MetaFunction, useActionData, useLoaderData, useParams } from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import { ActionForm } from '../actions/action-form.tsx';
import { saveActionForm } from '../actions/save-form.server.ts';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import { eventTypeChoices } from '../definitions/event-type-choices.server.ts';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, requireMember } from '../frame/hub-call.server.ts';
import { requirePermission } from '../frame/page-guards.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { secretChoices } from '../parameters/secret-choices.server.ts';

export const handle: CrumbHandle = { crumbs: () => [{ word: 'Actions', to: 'actions' }, { word: 'New action' }] };
export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'New action');

export async function loader({ request, context }: LoaderFunctionArgs) {
  requirePermission(context, 'definitions.write');
  const from = new URL(request.url).searchParams.get('from') ?? '';
  const model = isId('action', from) ? await hubCall(context, () => context.caller.actions.get({ id: from })) : null;
  return {
    model: model && { ...model, name: `${model.name}-copy` },
    eventTypes: await eventTypeChoices(context),
    secrets: await secretChoices(context),
  };
}

export function action({ request, context, params: { tenant = '' } }: ActionFunctionArgs) {
  requireMember(context);
  return saveActionForm({ request, context, tenant, id: null });
}

export default function NewAction() {
  const { model, ...choices } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const { tenant = '' } = useParams();
  return (
    <>
      <PageHeader title="New action" />
      <ActionForm action={model} {...choices} reply={reply} cancelTo={`/t/${tenant}/actions`} />
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
