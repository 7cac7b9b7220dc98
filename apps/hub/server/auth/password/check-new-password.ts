import { NexomaticError } from '@nexomatic/contracts/error-code';
import { newPasswordSchema } from '@nexomatic/contracts/people-api';
import { isCommonPassword } from './common-passwords.ts';

/** Refuses a password that is too short, too long, or among the first that somebody would guess. */
export function checkNewPassword(password: string, person: { email: string; name: string }): void {
  const fault = newPasswordFault(password, person);
  if (fault === null) return;
  throw new NexomaticError('unprocessable', 'This password can not be used.', {
    errors: [{ path: 'password', message: fault }],
  });
}

function newPasswordFault(password: string, { email, name }: { email: string; name: string }): string | null {
  const parsed = newPasswordSchema.safeParse(password);
  if (!parsed.success) return parsed.error.issues[0]?.message ?? 'This password can not be used.';
  const lower = password.toLowerCase();
  const own = [email, email.slice(0, email.indexOf('@')), name, name.replaceAll(/\s/g, '')];
  if (own.some((text) => text.toLowerCase() === lower))
    return 'Your name or address is the first thing tried; choose another.';
  if (isCommonPassword(password))
    return 'This is one of the most used passwords, which are tried first; choose another.';
  return null;
}
