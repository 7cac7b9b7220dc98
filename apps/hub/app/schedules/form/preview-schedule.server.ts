import { parseWithZod } from '@conform-to/zod/v4';
import { idSchema } from '@nexomatic/contracts/id';
import type { AppLoadContext } from '@remix-run/server-runtime';
import { z } from 'zod';
import { hubTry } from '../../frame/hub-call.server.ts';
import { whenWords } from '../when-words.server.ts';
import { scheduleForm, timingInput } from './schedule-form-schema.server.ts';
import type { SchedulePreview } from './schedule-preview.ts';

const shownRuns = 10;
/** A form that was just begun lacks its name; its times can be told all the same. */
const draftForm = scheduleForm.extend({
  name: scheduleForm.shape.name.optional(),
  scheduleId: z.optional(idSchema('schedule')),
});

/** What the scheduler makes of a form that is being filled in, and whether its payload passes. */
export async function previewSchedule(context: AppLoadContext, sent: FormData): Promise<SchedulePreview> {
  const submission = parseWithZod(sent, { schema: draftForm });
  if (submission.status !== 'success')
    return { words: null, timeZone: 'UTC', runs: [], warnings: [], faults: {}, payloadFaults: [] };
  const { value } = submission;
  const timing = timingInput({ ...value, name: '' });
  const { done, problem } = await hubTry(context, () =>
    context.caller.schedules.preview({ ...timing, scheduleId: value.scheduleId, count: shownRuns }),
  );
  const faults = Object.fromEntries((problem?.errors ?? []).map(({ path, message }) => [path, message]));
  return {
    words: done ? whenWords(timing) : null,
    timeZone: timing.timeZone,
    runs: done?.runs ?? [],
    // That either day counts is said at the boxes themselves.
    warnings: (done?.warnings ?? []).filter(({ code }) => code !== 'cron_either_day').map(({ message }) => message),
    faults,
    payloadFaults: await payloadFaults(context, value),
  };
}

async function payloadFaults(
  context: AppLoadContext,
  { eventTypeId, payload }: { eventTypeId?: string | undefined; payload: string },
): Promise<string[]> {
  const parsed = scheduleForm.shape.eventTypeId.safeParse(eventTypeId);
  if (!parsed.data) return [];
  const id = parsed.data;
  const { done } = await hubTry(context, () => context.caller.eventTypes.dryRun({ id, payloadJson: payload }));
  return (done?.payloadErrors ?? []).map(({ path, message }) => `${path || 'The payload'} ${message}`);
}
