import { getFormProps, useForm } from '@conform-to/react';
import { parseWithZod } from '@conform-to/zod/v4';
import { may } from '@nexomatic/contracts/permission';
import { updateTenantInput } from '@nexomatic/contracts/tenant-api';
import { Form, type MetaFunction, useActionData, useLoaderData } from '@remix-run/react';
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/server-runtime';
import type { z } from 'zod';
import { CopyButton } from '../components/copy-button.tsx';
import { refuseForm } from '../components/form/form-reply.server.ts';
import { FormSection } from '../components/form/form-section.tsx';
import { SaveBar } from '../components/form/save-bar.tsx';
import { TextField } from '../components/form/text-field.tsx';
import { TimezoneField } from '../components/form/timezone-field.tsx';
import { ProblemBanner } from '../components/problem-banner.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import { redirectWithToast } from '../components/toast/redirect-with-toast.server.ts';
import { hubCall, hubTry, requireMember } from '../frame/hub-call.server.ts';
import { pageTitle } from '../frame/page-title.ts';

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Settings');

export async function loader({ context }: LoaderFunctionArgs) {
  const { member } = requireMember(context);
  // Who may only see people comes to these.
  if (!may(member.role, 'tenant.write')) throw redirect(`/t/${member.slug}/settings/members`);
  return await hubCall(context, () => context.caller.tenant.get());
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  requireMember(context);
  const submission = parseWithZod(await request.formData(), { schema: updateTenantInput });
  if (submission.status !== 'success') return refuseForm(submission);
  const { problem } = await hubTry(context, () => context.caller.tenant.update(submission.value));
  if (problem) return refuseForm(submission, problem, ['name', 'timeZone']);
  return redirectWithToast(`/t/${params.tenant}/settings`, 'Settings saved');
}

const labels = { name: 'Name', timeZone: 'Time zone' };

export default function GeneralSettings() {
  const tenant = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const [form, fields] = useForm<z.input<typeof updateTenantInput>>({
    id: `tenant-${tenant.version}`,
    lastResult: reply && 'result' in reply ? reply.result : undefined,
    defaultValue: { version: tenant.version, name: tenant.name, timeZone: tenant.timeZone },
    constraint: { name: { required: true, maxLength: 100 }, timeZone: { required: true } },
  });
  return (
    <Form method="post" className="form" {...getFormProps(form)}>
      <ProblemBanner problem={reply && 'problem' in reply ? reply.problem : undefined} />
      <input type="hidden" name="version" value={tenant.version} />
      <FormSection title="Tenant" description="How it is called everywhere on these pages.">
        <TextField field={fields.name} label={labels.name} />
        <div className="form-field">
          <span className="form-label">Slug</span>
          <span className="inline-flex items-center gap-1">
            <code className="text-sm">{tenant.slug}</code>
            <CopyButton text={tenant.slug} label="Copy the slug" />
          </span>
          <p className="form-help">Part of every address, so it stays.</p>
        </div>
      </FormSection>
      <FormSection title="Time" description="Each person reads times in the zone of their own browser.">
        <TimezoneField
          field={fields.timeZone}
          label={labels.timeZone}
          help="The tenant’s own zone, where no person’s is known."
        />
      </FormSection>
      <SaveBar form={form} labels={labels} />
    </Form>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
