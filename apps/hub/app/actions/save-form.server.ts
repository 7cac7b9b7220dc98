import { parseWithZod } from '@conform-to/zod/v4';
import type { Id } from '@nexomatic/contracts/id';
import { type AppLoadContext, data } from '@remix-run/server-runtime';
import { refuseForm } from '../components/form/form-reply.server.ts';
import { redirectWithToast } from '../components/toast/redirect-with-toast.server.ts';
import { hubTry } from '../frame/hub-call.server.ts';
import { actionFieldNames, actionForm, actionInput } from './action-form-schema.server.ts';

interface Save {
  request: Request;
  context: AppLoadContext;
  tenant: string;
  /** The action that is edited; null makes one. */
  id: Id<'action'> | null;
}

/** Saves what a form of an action sent. What would only go wrong later is asked about first. */
export async function saveActionForm({ request, context, tenant, id }: Save) {
  const submission = parseWithZod(await request.formData(), { schema: actionForm });
  if (submission.status !== 'success') return refuseForm(submission);
  const { value } = submission;
  const { actions } = context.caller;
  const input = actionInput(value);
  const fieldNames = actionFieldNames(value);

  if (!value.acknowledged) {
    const checked = await hubTry(context, () => actions.check({ ...input, ...(id ? { id } : {}) }));
    if (checked.problem) return refuseForm(submission, checked.problem, fieldNames);
    if (checked.done.warnings.length > 0)
      return data({ result: submission.reply(), warnings: checked.done.warnings }, { status: 422 });
  }
  const version = value.saveOver ?? value.version;
  const saved = await hubTry(context, () =>
    id && version !== undefined ? actions.update({ id, version, ...input }) : actions.create(input),
  );
  if (saved.problem) {
    const refusal = refuseForm(submission, saved.problem, fieldNames);
    if (!id || saved.problem.currentVersion === undefined) return refusal;
    const { done } = await hubTry(context, () => actions.get({ id }));
    return data({ ...refusal.data, ...(done ? { theirs: done } : {}) }, refusal.init ?? {});
  }
  return redirectWithToast(`/t/${tenant}/actions/${saved.done.id}`, id ? 'Action saved' : 'Action made');
}
