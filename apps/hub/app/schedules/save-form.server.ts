import { parseWithZod } from '@conform-to/zod/v4';
import type { Id } from '@nexomatic/contracts/id';
import type { AppLoadContext } from '@remix-run/server-runtime';
import { refuseForm } from '../components/form/form-reply.server.ts';
import { redirectWithToast } from '../components/toast/redirect-with-toast.server.ts';
import { eventTypeChoices } from '../definitions/event-type-choices.server.ts';
import { hubCall, hubTry } from '../frame/hub-call.server.ts';
import { scheduleForm } from './schedule-form-schema.server.ts';

/** What a schedule can name. */
export async function scheduleChoices(context: AppLoadContext) {
  const { sinks } = await hubCall(context, () => context.caller.sinks.list({ limit: 200 }));
  return {
    eventTypes: await eventTypeChoices(context),
    sinks: sinks.map(({ id, name, type }) => ({ value: id, label: name, hint: type.name })),
  };
}

interface Save {
  request: Request;
  context: AppLoadContext;
  tenant: string;
  /** The schedule that is edited; null makes one. */
  id: Id<'schedule'> | null;
}

/** Saves what a form of a schedule sent, switched off. */
export async function saveScheduleForm({ request, context, tenant, id }: Save) {
  const submission = parseWithZod(await request.formData(), { schema: scheduleForm });
  if (submission.status !== 'success') return refuseForm(submission);
  const { version, eventTypeId, pinnedSinkId = null, ...fields } = submission.value;
  if (!eventTypeId) {
    const reply = submission.reply({ fieldErrors: { eventTypeId: ['Choose what it fires.'] } });
    return { result: reply, problem: undefined };
  }
  const input = { ...fields, eventTypeId, pinnedSinkId };
  const { schedules } = context.caller;
  const { done, problem } = await hubTry(context, () =>
    id && version !== undefined ? schedules.update({ id, version, ...input }) : schedules.create(input),
  );
  if (problem) return refuseForm(submission, problem, Object.keys(scheduleForm.shape));
  return redirectWithToast(`/t/${tenant}/schedules/${done.id}`, 'Schedule saved, switched off');
}
