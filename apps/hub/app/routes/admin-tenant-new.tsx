import { getFormProps, useForm } from '@conform-to/react';
import { parseWithZod } from '@conform-to/zod/v4';
import { createTenantInput } from '@nexomatic/contracts/instance-api';
import { Form, Link, type MetaFunction, useActionData } from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import type { z } from 'zod';
import { type FormReply, refuseForm } from '../components/form/form-reply.server.ts';
import { FormSection } from '../components/form/form-section.tsx';
import { SaveBar } from '../components/form/save-bar.tsx';
import { TextField } from '../components/form/text-field.tsx';
import { TimezoneField } from '../components/form/timezone-field.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemBanner } from '../components/problem-banner.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import { hubTry, requireAdmin } from '../frame/hub-call.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { InvitationLink } from '../settings/invitation-link.tsx';

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'New tenant');

export function loader({ context }: LoaderFunctionArgs) {
  requireAdmin(context);
  return null;
}

/** Answers with the link for the first owner: there is no address at which it could be read again. */
export async function action({ request, context }: ActionFunctionArgs) {
  requireAdmin(context);
  const submission = parseWithZod(await request.formData(), { schema: createTenantInput });
  if (submission.status !== 'success') return refuseForm(submission);
  const reply = await hubTry(context, () => context.caller.tenants.create(submission.value));
  if (reply.problem) return refuseForm(submission, reply.problem, Object.keys(labels));
  const { email, url, expiresAt } = reply.done.invitation;
  return { made: { name: submission.value.name, invitation: { email, url, expiresAt } } };
}

const labels = { name: 'Name', slug: 'Slug', timeZone: 'Time zone', ownerEmail: 'First owner' };

export default function NewTenant() {
  const reply = useActionData<typeof action>();
  const made = reply && 'made' in reply ? reply.made : undefined;
  return (
    <>
      <PageHeader title={made ? `${made.name} is ready` : 'New tenant'} />
      {made ? (
        <section className="card made-token" aria-label="The first owner">
          <InvitationLink invitation={made.invitation} />
          <div>
            <Link to="/admin" className="button-primary">
              I have copied it
            </Link>
          </div>
        </section>
      ) : (
        <TenantForm reply={reply && 'result' in reply ? reply : undefined} />
      )}
    </>
  );
}

function TenantForm({ reply }: { reply: FormReply | undefined }) {
  const [form, fields] = useForm<z.input<typeof createTenantInput>>({
    id: 'tenant',
    lastResult: reply?.result,
    defaultValue: { timeZone: 'UTC' },
    constraint: {
      name: { required: true, maxLength: 100 },
      slug: { required: true, maxLength: 63 },
      timeZone: { required: true },
      ownerEmail: { required: true, maxLength: 254 },
    },
  });
  return (
    <Form method="post" className="form" {...getFormProps(form)}>
      <ProblemBanner problem={reply?.problem} />
      <FormSection title="Tenant" description="Walled off from all others: people, events, definitions and secrets.">
        <TextField field={fields.name} label={labels.name} placeholder="Acme" autoFocus />
        <TextField
          field={fields.slug}
          label={labels.slug}
          code
          placeholder="acme"
          help="Lower-case letters, digits and hyphens. Part of every address, so it can not be changed later."
        />
        <TimezoneField field={fields.timeZone} label={labels.timeZone} />
      </FormSection>
      <FormSection title="First owner" description="They invite everybody else.">
        <TextField
          field={fields.ownerEmail}
          label="E-mail"
          type="email"
          placeholder="ada@example.com"
          help="The hub sends no mail: you get a link to hand on."
        />
      </FormSection>
      <SaveBar form={form} labels={labels} cancelTo="/admin" saveWord="Make tenant" />
    </Form>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
