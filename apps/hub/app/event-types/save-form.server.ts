import { parseWithZod } from '@conform-to/zod/v4';
import type { Id } from '@nexomatic/contracts/id';
import { type AppLoadContext, data } from '@remix-run/server-runtime';
import { refuseForm } from '../components/form/form-reply.server.ts';
import { redirectWithToast } from '../components/toast/redirect-with-toast.server.ts';
import { hubTry } from '../frame/hub-call.server.ts';
import { eventTypeFieldNames, eventTypeForm, eventTypeInput } from './event-type-form-schema.server.ts';

interface Save {
  request: Request;
  context: AppLoadContext;
  tenant: string;
  /** The event type that is edited; null makes one. */
  id: Id<'eventType'> | null;
}

/** Saves what a form of an event type sent, and shows the event type; a form that is refused stays as it was filled in. */
export async function saveEventTypeForm({ request, context, tenant, id }: Save) {
  const submission = parseWithZod(await request.formData(), { schema: eventTypeForm });
  if (submission.status !== 'success') return refuseForm(submission);
  const { value } = submission;
  const { eventTypes } = context.caller;
  const input = eventTypeInput(value);
  const version = value.saveOver ?? value.version;
  const { done, problem } = await hubTry(context, () =>
    id && version !== undefined ? eventTypes.update({ id, version, ...input }) : eventTypes.create(input),
  );
  if (problem) {
    const refusal = refuseForm(submission, problem, eventTypeFieldNames(value));
    if (!id || problem.currentVersion === undefined) return refusal;
    // Somebody saved first: the form shows what they changed.
    const theirs = await hubTry(context, () => eventTypes.get({ id }));
    return data({ ...refusal.data, ...(theirs.done ? { theirs: theirs.done } : {}) }, refusal.init ?? {});
  }
  return redirectWithToast(`/t/${tenant}/event-types/${done.id}`, savedText(id !== null, done.warnings.length));
}

function savedText(edited: boolean, warnings: number): string {
  const text = edited ? 'Event type saved' : 'Event type made';
  return warnings === 0 ? text : `${text}, with ${warnings === 1 ? 'a warning' : `${warnings} warnings`}`;
}
