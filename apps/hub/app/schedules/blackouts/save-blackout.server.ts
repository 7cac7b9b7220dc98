import { parseWithZod } from '@conform-to/zod/v4';
import type { blackoutWindow } from '@nexomatic/contracts/blackout-api';
import { type Id, idSchema } from '@nexomatic/contracts/id';
import type { AppLoadContext } from '@remix-run/server-runtime';
import { z } from 'zod';
import { refuseForm } from '../../components/form/form-reply.server.ts';
import { redirectWithToast } from '../../components/toast/redirect-with-toast.server.ts';
import { hubTry } from '../../frame/hub-call.server.ts';
import { isTimeZone } from '../../time/format-time.ts';
import { fromLocal } from '../../time/local-time.ts';
import { blackoutLabels } from './blackout-fields.ts';

const weekdays = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);

/** What the form of a blackout window sends. */
const blackoutForm = z
  .object({
    name: z.string('Give it a name.'),
    scheduleId: z.optional(idSchema('schedule')),
    timeZone: z.string('Choose a time zone.').refine(isTimeZone, 'There is no such time zone.'),
    version: z.coerce.number().optional(),
  })
  .and(
    z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('once'),
        fromDate: z.string('Say from when.'),
        untilDate: z.string('Say until when.'),
      }),
      z.object({
        kind: z.literal('weekly'),
        days: z.array(weekdays, 'Choose a day.').min(1, 'Choose a day.'),
        from: z.string('Say from when.'),
        until: z.string('Say until when.'),
      }),
    ]),
  );
type BlackoutForm = z.infer<typeof blackoutForm>;

interface Save {
  request: Request;
  context: AppLoadContext;
  tenant: string;
  /** The window that is edited; null makes one. */
  id: Id<'blackout'> | null;
}

/** Saves what a form of a blackout window sent, or deletes the window. */
export async function saveBlackout({ request, context, tenant, id }: Save) {
  const sent = await request.formData();
  const { blackouts } = context.caller;
  const list = `/t/${tenant}/schedules/blackouts`;
  if (id && sent.get('intent') === 'delete') {
    const { problem } = await hubTry(context, () => blackouts.delete({ id }));
    return problem ? { problem } : redirectWithToast(list, 'Blackout window deleted');
  }
  const submission = parseWithZod(sent, { schema: blackoutForm });
  if (submission.status !== 'success') return refuseForm(submission);
  const { name, scheduleId = null, version } = submission.value;
  const input = { name, scheduleId, window: windowOf(submission.value) };
  const { done, problem } = await hubTry(context, () =>
    id && version !== undefined ? blackouts.update({ id, version, ...input }) : blackouts.create(input),
  );
  if (done) return redirectWithToast(list, `${done.name} saved`);
  const errors = problem.errors?.map(({ path, message }) => ({ path: fieldOf(path, submission.value.kind), message }));
  return refuseForm(submission, { ...problem, ...(errors ? { errors } : {}) }, Object.keys(blackoutLabels));
}

function windowOf(form: BlackoutForm): z.input<typeof blackoutWindow> {
  const { timeZone } = form;
  if (form.kind === 'weekly') return { kind: 'weekly', days: form.days, from: form.from, until: form.until, timeZone };
  const instant = (text: string): string => {
    const at = fromLocal(text, timeZone);
    return Number.isNaN(at) ? text : new Date(at).toISOString();
  };
  return { kind: 'once', from: instant(form.fromDate), until: instant(form.untilDate) };
}

/** The field of the form that a fault of the API is about. */
function fieldOf(path: string, kind: BlackoutForm['kind']): string {
  const name = path.replace(/^window\./, '');
  return kind === 'once' && (name === 'from' || name === 'until') ? `${name}Date` : name;
}
