import { getFormProps, useForm } from '@conform-to/react';
import { parseWithZod } from '@conform-to/zod/v4';
import { logIndexes } from '@nexomatic/contracts/log-index';
import { logLimitRules } from '@nexomatic/contracts/log-limits';
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
import { LogIndexSection } from '../retention/log-index-section.tsx';
import { LogLimitsForm } from '../retention/log-limits-form.tsx';
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
  const form = await request.formData();
  if (form.get('section') === 'index') return await saveLogIndex(form);
  if (form.get('section') === 'limits') return await saveLogLimits(form);
  const rules = retentionRules.extend({ version: z.int() });
  const submission = parseWithZod(form, { schema: rules });
  if (submission.status !== 'success') return refuseForm(submission);
  const { version, ...retention } = submission.value;
  const { problem } = await hubTry(context, () => context.caller.tenant.setRetention({ version, retention }));
  if (problem) return refuseForm(submission, problem, Object.keys(retentionLabels));
  return saved('Saved; it holds from the next round on');

  async function saveLogIndex(given: FormData) {
    const index = parseWithZod(given, {
      schema: z.object({ version: z.int(), section: z.literal('index'), logIndex: z.enum(logIndexes) }),
    });
    if (index.status !== 'success') return refuseForm(index);
    const input = { version: index.value.version, logIndex: index.value.logIndex };
    const refused = await hubTry(context, () => context.caller.tenant.setLogIndex(input));
    if (refused.problem) return refuseForm(index, refused.problem, ['logIndex']);
    return saved('Saved; it holds for what is written from now on');
  }

  async function saveLogLimits(given: FormData) {
    const schema = logLimitRules.extend({ version: z.int(), section: z.literal('limits') });
    const limits = parseWithZod(given, { schema });
    if (limits.status !== 'success') return refuseForm(limits);
    const { version, section: _, ...logLimits } = limits.value;
    const refused = await hubTry(context, () => context.caller.tenant.setLogLimits({ version, logLimits }));
    if (refused.problem) return refuseForm(limits, refused.problem, ['attemptMiB', 'dayGiB']);
    return saved('Saved; it holds for attempts that begin from now on');
  }

  function saved(message: string) {
    return redirectWithToast(`/t/${params.tenant}/settings/storage`, message);
  }
}

/** How much is kept and for how long. */
export default function Storage() {
  const storage = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const section = answer?.result.initialValue?.section;
  const replyTo = (name?: string) => (section === name ? answer : undefined);
  const reply = replyTo();
  const [form, fields] = useForm<RetentionTexts & { version: number }>({
    id: `storage-${storage.version}`,
    lastResult: reply?.result,
    defaultValue: { version: storage.version, ...retentionTexts(storage.retention) },
  });
  return (
    <>
      <StorageFigures storage={storage} />
      <Form method="post" className="form" {...getFormProps(form)}>
        <ProblemBanner problem={reply?.problem} />
        <input type="hidden" name="version" value={storage.version} />
        <FormSection
          title="For how long"
          description="Days are counted from the end of an attempt. Events themselves are never deleted. An event type may say otherwise in its own settings."
        >
          <RetentionFields fields={fields} unset={(name) => String(storage.defaults[name] ?? 'for ever')} />
        </FormSection>
        <SaveBar form={form} labels={retentionLabels} />
      </Form>
      <LogLimitsForm storage={storage} reply={replyTo('limits')} />
      <LogIndexSection storage={storage} reply={replyTo('index')} />
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
