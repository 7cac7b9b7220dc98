import { parseWithZod } from '@conform-to/zod/v4';
import { sourceRef } from '@nexomatic/contracts/source-api';
import { type MetaFunction, useActionData, useLoaderData } from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import { refuseForm } from '../components/form/form-reply.server.ts';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import { redirectWithToast } from '../components/toast/redirect-with-toast.server.ts';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, hubTry, requireMember } from '../frame/hub-call.server.ts';
import { refOf, requirePermission } from '../frame/page-guards.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { refuseSettings } from '../sources/save-settings.server.ts';
import { SourceForm } from '../sources/source-form.tsx';
import { changedSettings, sourceFieldNames, sourceForm } from '../sources/source-form-schema.server.ts';

type Data = Awaited<ReturnType<typeof loader>>;

export const handle: CrumbHandle<Data> = {
  crumbs: (loaded, { id }) => [
    { word: 'Sources', to: 'sources' },
    { word: loaded?.source.name ?? 'Source', to: `sources/${id}` },
    { word: 'Edit' },
  ],
};
export const meta: MetaFunction<typeof loader> = ({ matches, data: loaded }) =>
  pageTitle(matches, `Edit ${loaded?.source.name ?? 'source'}`);

export async function loader({ params, context }: LoaderFunctionArgs) {
  requirePermission(context, 'definitions.write');
  const source = await hubCall(context, () => context.caller.sources.get(refOf(context, sourceRef, params)));
  return { source };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  requireMember(context);
  const ref = refOf(context, sourceRef, params);
  const submission = parseWithZod(await request.formData(), { schema: sourceForm });
  if (submission.status !== 'success') return refuseForm(submission);
  const { version, saveOver, settings, ...fields } = submission.value;
  const { sources } = context.caller;
  const now = await hubCall(context, () => sources.get(ref));
  const input = {
    ...{ ...ref, ...fields, eventTypeId: now.eventTypeId, version: saveOver ?? version },
    ...(now.settings && settings ? { settings: changedSettings(now.settings, settings) } : {}),
  };
  const { done, problem } = await hubTry(context, () => sources.update(input));
  if (problem) return await refuseSettings(context, ref.id, submission, problem, sourceFieldNames);
  const [warning] = done.warnings;
  return redirectWithToast(
    `/t/${params.tenant}/sources/${ref.id}`,
    `Source saved${warning ? `; ${warning.message}` : ''}`,
  );
}

export default function EditSource() {
  const { source } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  return (
    <>
      <PageHeader title={`Edit ${source.name}`} />
      <SourceForm source={source} reply={reply} />
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
