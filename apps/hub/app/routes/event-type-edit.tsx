import { isId } from '@nexomatic/contracts/id';
import { type MetaFunction, useActionData, useLoaderData, useParams } from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import { useOpened } from '../definitions/use-opened.ts';
import { EventTypeForm } from '../event-types/event-type-form.tsx';
import { formChoices } from '../event-types/form-choices.server.ts';
import { saveEventTypeForm } from '../event-types/save-form.server.ts';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, hubTry, notFound } from '../frame/hub-call.server.ts';
import { requirePermission } from '../frame/page-guards.server.ts';
import { pageTitle } from '../frame/page-title.ts';

type Data = Awaited<ReturnType<typeof loader>>;

export const handle: CrumbHandle<Data> = {
  crumbs: (data, { id }) => [
    { word: 'Event types', to: 'event-types' },
    { word: data?.eventType.name ?? 'Event type', to: `event-types/${id}` },
    { word: 'Edit' },
  ],
};
export const meta: MetaFunction<typeof loader> = ({ matches, data }) =>
  pageTitle(matches, `Edit ${data?.eventType.name ?? 'event type'}`);

export async function loader({ params: { id = '' }, context }: LoaderFunctionArgs) {
  requirePermission(context, 'definitions.write');
  if (!isId('eventType', id)) throw notFound(context.requestId);
  const { eventTypes } = context.caller;
  const eventType = await hubCall(context, () => eventTypes.get({ id }));
  const samples = await hubTry(context, () => eventTypes.samples({ id }));
  return {
    eventType,
    choices: await formChoices(context),
    payloadPaths: samples.done?.paths.map(({ path }) => path) ?? [],
  };
}

export function action({ request, context, params: { tenant = '', id = '' } }: ActionFunctionArgs) {
  requirePermission(context, 'definitions.write');
  if (!isId('eventType', id)) throw notFound(context.requestId);
  return saveEventTypeForm({ request, context, tenant, id });
}

export default function EditEventType() {
  const { eventType: latest, choices, payloadPaths } = useLoaderData<typeof loader>();
  const eventType = useOpened(latest);
  const reply = useActionData<typeof action>();
  const { tenant = '' } = useParams();
  return (
    <>
      <PageHeader title={`Edit ${eventType.name}`} />
      <EventTypeForm
        eventType={eventType}
        edited={eventType}
        choices={choices}
        payloadPaths={payloadPaths}
        reply={reply}
        cancelTo={`/t/${tenant}/event-types/${eventType.id}`}
      />
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
