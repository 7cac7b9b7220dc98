import { isId } from '@nexomatic/contracts/id';
import { type MetaFunction, useActionData, useLoaderData, useParams } from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import { EventTypeForm } from '../event-types/event-type-form.tsx';
import { formChoices } from '../event-types/form-choices.server.ts';
import { saveEventTypeForm } from '../event-types/save-form.server.ts';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall } from '../frame/hub-call.server.ts';
import { requirePermission } from '../frame/page-guards.server.ts';
import { pageTitle } from '../frame/page-title.ts';

export const handle: CrumbHandle = {
  crumbs: () => [{ word: 'Event types', to: 'event-types' }, { word: 'New event type' }],
};
export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'New event type');

export async function loader({ request, context }: LoaderFunctionArgs) {
  requirePermission(context, 'definitions.write');
  const from = new URL(request.url).searchParams.get('from') ?? '';
  const model = isId('eventType', from)
    ? await hubCall(context, () => context.caller.eventTypes.get({ id: from }))
    : null;
  return {
    model: model && { ...model, name: `${model.name.slice(0, 95)}-copy` },
    choices: await formChoices(context),
  };
}

export function action({ request, context, params: { tenant = '' } }: ActionFunctionArgs) {
  requirePermission(context, 'definitions.write');
  return saveEventTypeForm({ request, context, tenant, id: null });
}

export default function NewEventType() {
  const { model, choices } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const { tenant = '' } = useParams();
  return (
    <>
      <PageHeader title="New event type" />
      <EventTypeForm
        eventType={model}
        choices={choices}
        payloadPaths={[]}
        reply={reply}
        cancelTo={`/t/${tenant}/event-types`}
      />
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
