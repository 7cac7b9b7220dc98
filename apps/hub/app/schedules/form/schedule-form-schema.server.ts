import { idSchema } from '@nexomatic/contracts/id';
import { z } from 'zod';
import { isTimeZone } from '../../time/format-time.ts';
import { fromLocal } from '../../time/local-time.ts';

const wholeNumber = (message: string) => z.coerce.number(message).int(message);

/** What the form of a schedule sends; the hub judges expression, zone, payload and limits. */
export const scheduleForm = z.object({
  name: z.string('Give it a name.'),
  description: z.string().default(''),
  eventTypeId: z.optional(idSchema('eventType')),
  payload: z.string().default('null'),
  pinnedSinkId: z.optional(idSchema('sink')),
  kind: z.enum(['cron', 'at']).default('cron'),
  cron: z.string().optional(),
  at: z.string().optional(),
  timeZone: z.string('Choose a time zone.'),
  startsAt: z.string().optional(),
  endsAt: z.string().optional(),
  jitterSeconds: wholeNumber('Give a whole number of seconds.').default(0),
  overlap: z.enum(['allow', 'skip', 'queue_one', 'cancel_running']).default('allow'),
  missed: z.enum(['skip', 'latest', 'all']).default('latest'),
  missedWindowMinutes: wholeNumber('Give a whole number of minutes.').default(1_440),
  pauseAfterFailures: wholeNumber('Give a whole number of failures.').optional(),
  enabled: z.boolean().default(false),
  version: z.coerce.number().optional(),
  saveOver: z.coerce.number().optional(),
});
type ScheduleForm = z.infer<typeof scheduleForm>;

/** When it runs, as the API takes it: a time of day without a zone is one of the schedule's zone. */
export function timingInput({ kind, cron, at, timeZone, startsAt, endsAt, jitterSeconds }: ScheduleForm) {
  const moment = (text: string | undefined): string | null => (text ? instantOf(text, timeZone) : null);
  const once = kind === 'at';
  return {
    kind,
    cron: once ? null : (cron ?? ''),
    at: once ? moment(at) : null,
    timeZone,
    startsAt: once ? null : moment(startsAt),
    endsAt: once ? null : moment(endsAt),
    jitterSeconds,
  };
}

/** What is no time, or of no zone, goes on as it is: the hub refuses it with the name of its field. */
function instantOf(text: string, timeZone: string): string {
  const ms = isTimeZone(timeZone) ? fromLocal(text, timeZone) : Number.NaN;
  return Number.isNaN(ms) ? text : new Date(ms).toISOString();
}

/** The whole of it as the API takes it, but for the event type, which has to be chosen first. */
export function scheduleInput(form: ScheduleForm) {
  const { name, description, payload, overlap, missed, missedWindowMinutes, enabled } = form;
  return {
    ...{ name, description, payload, overlap, missed, missedWindowMinutes, enabled },
    ...timingInput(form),
    pinnedSinkId: form.pinnedSinkId ?? null,
    pauseAfterFailures: form.pauseAfterFailures ?? null,
  };
}
