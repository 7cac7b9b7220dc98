import type { ActionFunctionArgs } from '@remix-run/server-runtime';
import { requireMember } from '../frame/hub-call.server.ts';
import { previewSchedule } from '../schedules/form/preview-schedule.server.ts';

/** Asked by the form of a schedule while it is filled in. */
export async function action({ request, context }: ActionFunctionArgs) {
  requireMember(context);
  return previewSchedule(context, await request.formData());
}
