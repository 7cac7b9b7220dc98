import { parseWithZod } from '@conform-to/zod/v4';
import { sourceRef } from '@nexomatic/contracts/source-api';
import { type MetaFunction, useActionData, useLoaderData, useParams } from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import { refuseForm } from '../components/form/form-reply.server.ts';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import { redirectWithToast } from '../components/toast/redirect-with-toast.server.ts';
import { eventTypeChoices } from '../definitions/event-type-choices.server.ts';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, hubTry, requireMember } from '../frame/hub-call.server.ts';
import { refOf, requirePermission } from '../frame/page-guards.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { ConnectForm } from '../sources/event-grid/connect-form.tsx';
import { connectForm, connectionOf, faultNames } from '../sources/event-grid/connect-schema.server.ts';

type Data = Awaited<ReturnType<typeof loader>>;

export const handle: CrumbHandle<Data> = {
  crumbs: (loaded, { id }) => [
    { word: 'Sources', to: 'sources' },
    { word: loaded?.source.name ?? 'Source', to: `sources/${id}` },
    { word: 'Connection' },
  ],
};
export const meta: MetaFunction<typeof loader> = ({ matches, data }) =>
  pageTitle(matches, `Connect ${data?.source.name ?? 'source'}`);

export async function loader({ params, context }: LoaderFunctionArgs) {
  requirePermission(context, 'definitions.write');
  const ref = refOf(context, sourceRef, params);
  const source = await hubCall(context, () => context.caller.sources.get(ref));
  const status = await hubCall(context, () => context.caller.eventGrid.get(ref));
  return { source, status, eventTypes: await eventTypeChoices(context) };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  requireMember(context);
  const ref = refOf(context, sourceRef, params);
  const submission = parseWithZod(await request.formData(), { schema: connectForm });
  if (submission.status !== 'success') return refuseForm(submission);
  const { version, eventTypeId = null } = submission.value;
  const input = { ...ref, version, eventTypeId, ...connectionOf(submission.value) };
  const { problem } = await hubTry(context, () => context.caller.eventGrid.configure(input));
  if (!problem) return redirectWithToast(`/t/${params.tenant}/sources/${ref.id}`, 'Connection saved');
  const errors = problem.errors?.map(({ path, message }) => ({ path: faultNames[path] ?? path, message })) ?? [];
  return refuseForm(submission, { ...problem, errors }, Object.keys(connectForm.shape));
}

export default function ConnectSource() {
  const { source, status, eventTypes } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const { tenant = '' } = useParams();
  return (
    <>
      <PageHeader title={`Connect ${source.name}`} />
      <ConnectForm
        status={status}
        eventTypeId={source.eventTypeId}
        eventTypes={eventTypes}
        backTo={`/t/${tenant}/sources/${source.id}`}
        reply={reply}
      />
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
