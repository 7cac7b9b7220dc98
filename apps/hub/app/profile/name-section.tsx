import { getFormProps, useForm } from '@conform-to/react';
import { Form } from '@remix-run/react';
import type { FormReply } from '../components/form/form-reply.server.ts';
import { FormSection } from '../components/form/form-section.tsx';
import { TextField } from '../components/form/text-field.tsx';
import { ProblemBanner } from '../components/problem-banner.tsx';

/** How somebody is called, and the address that they sign in with. */
export function NameSection({ name, email, reply }: { name: string; email: string; reply: FormReply | undefined }) {
  const [form, fields] = useForm<{ name: string }>({
    id: `profile-name-${name}`,
    lastResult: reply?.result,
    defaultValue: { name },
    constraint: { name: { required: true, maxLength: 100 } },
  });
  return (
    <FormSection
      title="You"
      description="Your name stands beside what you do: in the audit log and on what you change."
    >
      <Form method="post" className="form-fields" {...getFormProps(form)}>
        <ProblemBanner problem={reply?.problem} />
        <input type="hidden" name="intent" value="rename" />
        <TextField field={fields.name} label="Name" autoComplete="name" />
        <div className="form-field">
          <label htmlFor="profile-email" className="form-label">
            E-mail address
          </label>
          <input
            id="profile-email"
            className="input"
            type="email"
            value={email}
            readOnly
            aria-describedby="profile-email-help"
          />
          <p id="profile-email-help" className="form-help">
            You sign in with it; it stays.
          </p>
        </div>
        <button type="submit" className="button self-start" disabled={!form.dirty}>
          Save name
        </button>
      </Form>
    </FormSection>
  );
}
