import { getFormProps, type SubmissionResult, useForm } from '@conform-to/react';
import { Form, useNavigation } from '@remix-run/react';
import { TextField } from '../components/form/text-field.tsx';
import { EntranceButton } from './entrance-page.tsx';
import { PasswordField } from './password-field.tsx';
import { Refusal } from './refusal.tsx';
import { waitWords } from './wait-words.ts';

interface PasswordSignInProps {
  reply: { result: SubmissionResult<string[]>; refusal?: SignInRefusal } | undefined;
  next: string | null;
}

export type SignInRefusal = { kind: 'refused' } | { kind: 'throttled'; retryAfterSeconds: number } | { kind: 'busy' };

/** E-mail address and password. */
export function PasswordSignIn({ reply, next }: PasswordSignInProps) {
  const busy = useNavigation().formMethod !== undefined;
  const [form, fields] = useForm<{ email: string; password: string }>({
    id: 'sign-in',
    lastResult: reply?.result,
    constraint: { email: { required: true, maxLength: 254 }, password: { required: true } },
  });
  return (
    <Form
      method="post"
      action={`/login?${new URLSearchParams({ password: '', ...(next ? { next } : {}) })}`}
      className="entrance-group"
      {...getFormProps(form)}
    >
      <Refusal text={reply?.refusal ? refusalText(reply.refusal) : null} />
      <TextField field={fields.email} label="E-mail address" type="email" autoComplete="username" autoFocus />
      <PasswordField field={fields.password} label="Password" use="current" />
      <EntranceButton busy={busy} word="Sign in" busyWord="Signing in…" />
    </Form>
  );
}

function refusalText(refusal: SignInRefusal): string {
  switch (refusal.kind) {
    case 'refused':
      return 'This address and password do not open an account here. Check both; capital letters matter in the password.';
    case 'busy':
      return 'Too many people sign in at this moment. Try again in a few seconds.';
    case 'throttled':
      return `Too many attempts. Try again in ${waitWords(refusal.retryAfterSeconds)}.`;
  }
}
