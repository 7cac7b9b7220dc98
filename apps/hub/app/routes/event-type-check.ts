import { parseWithZod } from '@conform-to/zod/v4';
import { isId } from '@nexomatic/contracts/id';
import type { ActionFunctionArgs } from '@remix-run/server-runtime';
import { eventTypeDraft, eventTypeDraftForm } from '../event-types/event-type-form-schema.server.ts';
import { hubTry, requireMember } from '../frame/hub-call.server.ts';

/** Asked by the form of an event type while it is filled in; what can't be read yet is not checked yet. */
export async function action({ request, context }: ActionFunctionArgs) {
  requireMember(context);
  const sent = await request.formData();
  const submission = parseWithZod(sent, { schema: eventTypeDraftForm });
  if (submission.status !== 'success') return {};
  const id = sent.get('id');
  const draft = eventTypeDraft(submission.value, typeof id === 'string' && isId('eventType', id) ? id : null);
  const { done } = await hubTry(context, () => context.caller.eventTypes.check(draft));
  return done ? { checked: done } : {};
}
