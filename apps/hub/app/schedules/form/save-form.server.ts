import { parseWithZod } from '@conform-to/zod/v4';
import type { Id } from '@nexomatic/contracts/id';
import { type AppLoadContext, data } from '@remix-run/server-runtime';
import { refuseForm } from '../../components/form/form-reply.server.ts';
import { redirectWithToast } from '../../components/toast/redirect-with-toast.server.ts';
import { hubTry } from '../../frame/hub-call.server.ts';
import { scheduleLabels } from './schedule-fields.ts';
import { scheduleForm, scheduleInput } from './schedule-form-schema.server.ts';

interface Save {
  request: Request;
  context: AppLoadContext;
  tenant: string;
  /** The schedule that is edited; null makes one. */
  id: Id<'schedule'> | null;
}

/** Saves what a form of a schedule sent, and leads to the schedule. */
export async function saveScheduleForm({ request, context, tenant, id }: Save) {
  const submission = parseWithZod(await request.formData(), { schema: scheduleForm });
  if (submission.status !== 'success') return refuseForm(submission);
  const { eventTypeId, version, saveOver } = submission.value;
  if (!eventTypeId)
    return data({ result: submission.reply({ fieldErrors: { eventTypeId: ['Choose what it fires.'] } }) }, 422);
  const input = { ...scheduleInput(submission.value), eventTypeId };
  const { schedules } = context.caller;
  const over = saveOver ?? version;
  const { done, problem } = await hubTry(context, () =>
    id && over !== undefined ? schedules.update({ id, version: over, ...input }) : schedules.create(input),
  );
  if (done) return redirectWithToast(`/t/${tenant}/schedules/${done.id}`, `${done.name} saved`);
  const refusal = refuseForm(submission, problem, Object.keys(scheduleLabels));
  if (!id || problem.currentVersion === undefined) return refusal;
  const { done: theirs } = await hubTry(context, () => schedules.get({ id }));
  return data({ ...refusal.data, ...(theirs ? { theirs } : {}) }, refusal.init ?? {});
}
