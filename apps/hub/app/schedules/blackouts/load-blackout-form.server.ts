import type { AppLoadContext } from '@remix-run/server-runtime';
import { hubCall } from '../../frame/hub-call.server.ts';
import { readPreferences } from '../../frame/preferences.ts';

/** What the form of a blackout window needs: the schedules that it can be for, and the viewer's zone. */
export async function loadBlackoutForm(context: AppLoadContext, request: Request) {
  const { schedules } = await hubCall(context, () => context.caller.schedules.list({ limit: 200 }));
  return {
    schedules: schedules.map(({ id, name }) => ({ value: id, label: name })),
    zone: readPreferences(request.headers.get('cookie')).zone ?? 'UTC',
  };
}
