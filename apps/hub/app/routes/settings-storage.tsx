import { getFormProps, useForm } from '@conform-to/react';
import { parseWithZod } from '@conform-to/zod/v4';
import { retentionRules } from '@nexomatic/contracts/retention';
import { Form, type MetaFunction, useActionData, useLoaderData } from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import { z } from 'zod';
import { refuseForm } from '../components/form/form-reply.server.ts';
import { FormSection } from '../components/form/form-section.tsx';
import { SaveBar } from '../components/form/save-bar.tsx';
import { ProblemBanner } from '../components/problem-banner.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import { redirectWithToast } from '../components/toast/redirect-with-toast.server.ts';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, hubTry, requireMember } from '../frame/hub-call.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import {
  RetentionFields,
  type RetentionTexts,
  retentionLabels,
  retentionTexts,
} from '../retention/retention-fields.tsx';
import { StorageFigures } from '../retention/storage-figures.tsx';

export const handle: CrumbHandle = { crumbs: () => [{ word: 'Storage' }] };
export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Storage');

export async function loader({ context }: LoaderFunctionArgs) {
  requireMember(context);
  return await hubCall(context, () => context.caller.tenant.storage());
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  requireMember(context);
  const schema = retentionRules.extend({ version: z.int() });
  const submission = parseWithZod(await request.formData(), { schema });
  if (submission.status !== 'success') return refuseForm(submission);
  const { version, ...retention } = submission.value;
  const { problem } = await hubTry(context, () => context.caller.tenant.setRetention({ version, retention }));
  if (problem) return refuseForm(submission, problem, Object.keys(retentionLabels));
  return redirectWithToast(`/t/${params.tenant}/settings/storage`, 'Saved; it holds from the next round on');
}

/** How much is kept and for how long. */
export default function Storage() {
  const storage = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const [form, fields] = useForm<RetentionTexts & { version: number }>({
    id: `storage-${storage.version}`,
    lastResult: reply && 'result' in reply ? reply.result : undefined,
    defaultValue: { version: storage.version, ...retentionTexts(storage.retention) },
  });
  return (
    <>
      <StorageFigures storage={storage} />
      <Form method="post" className="form" {...getFormProps(form)}>
        <ProblemBanner problem={reply && 'problem' in reply ? reply.problem : undefined} />
        <input type="hidden" name="version" value={storage.version} />
        <FormSection
          title="For how long"
          description="Days are counted from the end of an attempt. Events themselves are never deleted. An event type may say otherwise in its own settings."
        >
          <RetentionFields fields={fields} unset={(name) => String(storage.defaults[name] ?? 'for ever')} />
        </FormSection>
        <SaveBar form={form} labels={retentionLabels} />
      </Form>
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
