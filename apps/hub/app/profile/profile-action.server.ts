import { parseWithZod } from '@conform-to/zod/v4';
import { displayName } from '@nexomatic/contracts/display-name';
import { type Id, isId } from '@nexomatic/contracts/id';
import { newPasswordSchema, passwordSchema } from '@nexomatic/contracts/people-api';
import type { AppLoadContext } from '@remix-run/server-runtime';
import { z } from 'zod';
import { refuseForm } from '../components/form/form-reply.server.ts';
import { redirectWithToast } from '../components/toast/redirect-with-toast.server.ts';
import { hubCall, hubTry } from '../frame/hub-call.server.ts';

const renaming = z.object({ name: displayName });
const settingPassword = z.object({ current: passwordSchema.optional(), password: newPasswordSchema });

const done = (text: string) => redirectWithToast('/profile', text);

export async function rename(context: AppLoadContext, form: FormData) {
  const submission = parseWithZod(form, { schema: renaming });
  if (submission.status !== 'success') return refuseForm(submission);
  const { problem } = await hubTry(context, () => context.caller.profile.update(submission.value));
  return problem ? refuseForm(submission, problem, ['name']) : done('Name saved');
}

export async function setPassword(context: AppLoadContext, form: FormData) {
  const submission = parseWithZod(form, { schema: settingPassword });
  if (submission.status !== 'success') return refuseForm(submission);
  const set = await hubTry(context, () => context.caller.profile.setPassword(submission.value));
  if (set.problem) return refuseForm(submission, set.problem, ['current', 'password']);
  return done(`Password set; ${others(set.done.revoked)}`);
}

export async function revoke(context: AppLoadContext, form: FormData) {
  const id = form.get('id');
  // One that has ended meanwhile is what was asked for.
  if (isSessionId(id)) await hubTry(context, () => context.caller.session.revoke({ id }));
  return done('Session ended');
}

export async function revokeOthers(context: AppLoadContext) {
  const { revoked } = await hubCall(context, () => context.caller.session.revokeOthers());
  return done(others(revoked));
}

const isSessionId = (id: unknown): id is Id<'session'> => typeof id === 'string' && isId('session', id);

const others = (revoked: number): string =>
  revoked === 0
    ? 'no other browser was signed in'
    : `signed out in ${revoked} other ${revoked === 1 ? 'browser' : 'browsers'}`;
