import { getFormProps, useForm } from '@conform-to/react';
import { Form, useNavigation } from '@remix-run/react';
import type { FormReply } from '../components/form/form-reply.server.ts';
import { TextField } from '../components/form/text-field.tsx';
import { ProblemBanner } from '../components/problem-banner.tsx';
import { EntranceButton } from './entrance-page.tsx';
import { PasswordField } from './password-field.tsx';

/** Name and password of somebody who makes their account; the address is the one that was invited. */
export function NewcomerForm({ email, reply }: { email: string; reply: FormReply | undefined }) {
  const busy = useNavigation().formMethod !== undefined;
  const [form, fields] = useForm<{ name: string; password: string }>({
    id: 'newcomer',
    lastResult: reply?.result,
    constraint: { name: { required: true, maxLength: 100 }, password: { required: true } },
  });
  return (
    <Form method="post" className="entrance-group" {...getFormProps(form)}>
      <ProblemBanner problem={reply?.problem} />
      <div className="form-field">
        <label htmlFor="invited-email" className="form-label">
          E-mail address
        </label>
        {/* Read by password managers as what the password belongs to; it is not sent. */}
        <input id="invited-email" className="input" type="email" autoComplete="username" value={email} readOnly />
      </div>
      <TextField field={fields.name} label="Your name" autoComplete="name" autoFocus />
      <PasswordField field={fields.password} label="Choose a password" use="new" />
      <EntranceButton busy={busy} word="Join" busyWord="Joining…" />
    </Form>
  );
}
