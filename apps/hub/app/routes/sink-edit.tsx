import { getFormProps, useForm } from '@conform-to/react';
import { parseWithZod } from '@conform-to/zod/v4';
import { sinkRef } from '@nexomatic/contracts/sink-api';
import { Form, type MetaFunction, useActionData, useLoaderData } from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import { refuseForm } from '../components/form/form-reply.server.ts';
import { FormSection } from '../components/form/form-section.tsx';
import { SaveBar } from '../components/form/save-bar.tsx';
import { TextAreaField } from '../components/form/text-area-field.tsx';
import { TextField } from '../components/form/text-field.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemBanner } from '../components/problem-banner.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import { redirectWithToast } from '../components/toast/redirect-with-toast.server.ts';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, hubTry, requireMember } from '../frame/hub-call.server.ts';
import { refOf, requirePermission } from '../frame/page-guards.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { sinkForm } from '../sinks/sink-form-schema.server.ts';

type Data = Awaited<ReturnType<typeof loader>>;
const labels = { name: 'Name', description: 'Description' };

export const handle: CrumbHandle<Data> = {
  crumbs: (sink, { id }) => [
    { word: 'Sinks', to: 'sinks' },
    { word: sink?.name ?? 'Sink', to: `sinks/${id}` },
    { word: 'Edit' },
  ],
};
export const meta: MetaFunction<typeof loader> = ({ matches, data }) =>
  pageTitle(matches, `Edit ${data?.name ?? 'sink'}`);

export async function loader({ params, context }: LoaderFunctionArgs) {
  requirePermission(context, 'sinks.write');
  return await hubCall(context, () => context.caller.sinks.get(refOf(context, sinkRef, params)));
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  requireMember(context);
  const ref = refOf(context, sinkRef, params);
  const submission = parseWithZod(await request.formData(), { schema: sinkForm });
  if (submission.status !== 'success') return refuseForm(submission);
  const { problem } = await hubTry(context, () => context.caller.sinks.update({ ...ref, ...submission.value }));
  if (problem) return refuseForm(submission, problem, Object.keys(labels));
  return redirectWithToast(`/t/${params.tenant}/sinks/${ref.id}`, 'Sink saved');
}

export default function EditSink() {
  const { id, name, description } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const [form, fields] = useForm<{ name: string; description: string }>({
    id: `sink-${id}`,
    lastResult: reply?.result ?? null,
    defaultValue: { name, description },
    constraint: { name: { required: true, maxLength: 100 } },
  });
  return (
    <>
      <PageHeader title={`Edit ${name}`} />
      <Form method="post" className="form" {...getFormProps(form)}>
        <ProblemBanner problem={reply?.problem} />
        <FormSection title="How it is called" description="The agent goes on working: it is known by its token.">
          <TextField field={fields.name} label={labels.name} code />
          <TextAreaField field={fields.description} label={labels.description} rows={2} />
        </FormSection>
        <SaveBar form={form} labels={labels} />
      </Form>
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
