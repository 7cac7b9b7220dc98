import { getFormProps, useForm } from '@conform-to/react';
import type { Profile } from '@nexomatic/contracts/session-api';
import { Form, useNavigation } from '@remix-run/react';
import type { FormReply } from '../components/form/form-reply.server.ts';
import { FormSection } from '../components/form/form-section.tsx';
import { ProblemBanner } from '../components/problem-banner.tsx';
import { PasswordField } from '../people/password-field.tsx';

/** Sets a password, or another one. */
export function PasswordSection({ profile, reply }: { profile: Profile; reply: FormReply | undefined }) {
  const { email, hasPassword, currentPasswordNeeded } = profile;
  const busy = useNavigation().formData?.get('intent') === 'password';
  const [form, fields] = useForm<{ current: string; password: string }>({
    id: 'profile-password',
    lastResult: reply?.result,
    constraint: { current: { required: true }, password: { required: true } },
  });
  const description = 'A new password signs every other browser out.';
  if (currentPasswordNeeded && !hasPassword) {
    return (
      <FormSection title="Password" description={description}>
        <p className="text-muted text-sm">
          You have no password. To set one, sign out, sign in again by a link or by single sign-on, and come back here
          within 15 minutes.
        </p>
      </FormSection>
    );
  }
  return (
    <FormSection title="Password" description={description}>
      <Form method="post" className="form-fields" {...getFormProps(form)}>
        <ProblemBanner problem={reply?.problem} />
        <input type="hidden" name="intent" value="password" />
        {/* Password managers keep a password under the address that stands beside it. */}
        <input type="email" autoComplete="username" value={email} readOnly hidden />
        {currentPasswordNeeded ? (
          <PasswordField field={fields.current} label="Current password" use="current" />
        ) : (
          <p className="text-muted text-sm">
            You have just signed in by a link or by single sign-on: no old password is needed.
          </p>
        )}
        <PasswordField field={fields.password} label="New password" use="new" />
        <button type="submit" className="button self-start" disabled={busy}>
          {busy ? 'Saving…' : hasPassword ? 'Change password' : 'Set password'}
        </button>
      </Form>
    </FormSection>
  );
}
