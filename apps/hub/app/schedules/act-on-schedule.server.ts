import { systemClock } from '@nexomatic/clock';
import type { Problem } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import type { AppLoadContext } from '@remix-run/server-runtime';
import { redirectWithToast } from '../components/toast/redirect-with-toast.server.ts';
import { hubTry } from '../frame/hub-call.server.ts';
import { readPreferences } from '../frame/preferences.ts';
import { fromLocal } from '../time/local-time.ts';
import type { ScheduleReply } from './use-schedule-action.ts';

interface Act {
  id: Id<'schedule'>;
  tenant: string;
  request: Request;
}

/** Does what a button of a schedule asks for, on its page or in a list. */
export async function actOnSchedule(context: AppLoadContext, { id, tenant, request }: Act) {
  const form = await request.formData();
  const text = (name: string): string => String(form.get(name) ?? '');
  const { schedules } = context.caller;
  switch (text('intent')) {
    case 'run-now': {
      const { done, problem } = await hubTry(context, () => schedules.runNow({ id }));
      return problem ? refused(problem) : redirectWithToast(`/t/${tenant}/events/${done.eventId}`, 'Fired by hand');
    }
    case 'pause': {
      const until = resumeAt(text('for'), text('until'), zoneOf(request));
      const given = { id, note: text('note'), ...(until ? { until } : {}) };
      return say(await hubTry(context, () => schedules.pause(given)), ({ name }) => `${name} is paused`);
    }
    case 'resume':
      return say(await hubTry(context, () => schedules.resume({ id })), ({ name }) => `${name} goes on`);
    case 'enable':
      return say(await hubTry(context, () => schedules.enable({ id })), ({ name }) => `${name} is switched on`);
    case 'disable':
      return say(await hubTry(context, () => schedules.disable({ id })), ({ name }) => `${name} is switched off`);
    case 'skip-next':
      return say(
        await hubTry(context, () => schedules.skipNext({ id, dueAt: text('dueAt') })),
        () => 'The next run is skipped',
      );
    case 'unskip':
      return say(await hubTry(context, () => schedules.unskip({ id })), () => 'The next run is not skipped');
    case 'release-held': {
      const count = Number(text('count'));
      return say(
        await hubTry(context, () => schedules.releaseHeld({ id, count })),
        ({ fired }) => `Fired: ${runs(fired)}`,
      );
    }
    case 'discard-held': {
      const count = Number(text('count'));
      return say(
        await hubTry(context, () => schedules.discardHeld({ id, count })),
        ({ discarded }) => `Discarded: ${runs(discarded)}`,
      );
    }
    default: {
      const { problem } = await hubTry(context, () => schedules.delete({ id }));
      return problem ? refused(problem) : redirectWithToast(`/t/${tenant}/schedules`, 'Schedule deleted');
    }
  }
}

const runs = (count: number): string => (count === 1 ? '1 run' : `${count.toLocaleString('en')} runs`);
const refused = (problem: Problem): ScheduleReply => ({ problem });

/** What to tell of a change that was made, or why it was not. */
const say = <T>(
  { done, problem }: { done: T; problem?: undefined } | { problem: Problem; done?: undefined },
  words: (done: T) => string,
): ScheduleReply => (problem ? refused(problem) : { said: words(done as T) });

const zoneOf = (request: Request): string => readPreferences(request.headers.get('cookie')).zone ?? 'UTC';

/**
 * When a pause ends by itself: after so many minutes or at a time of the viewer's zone; null when somebody ends it. What is no
 * time goes on as it is, and the hub refuses it.
 */
function resumeAt(span: string, until: string, zone: string): string | null {
  if (span === '') return null;
  const at = span === 'until' ? fromLocal(until, zone) : systemClock.now() + Number(span) * 60_000;
  return Number.isNaN(at) ? until : new Date(at).toISOString();
}
