import type { AppLoadContext } from '@remix-run/server-runtime';
import { eventTypeChoices } from '../../definitions/event-type-choices.server.ts';
import { hubCall } from '../../frame/hub-call.server.ts';

/** What a schedule can name: event types, and the sinks it can be pinned to, with how they do. */
export async function scheduleChoices(context: AppLoadContext) {
  const { sinks } = await hubCall(context, () => context.caller.sinks.list({ limit: 200 }));
  return {
    eventTypes: await eventTypeChoices(context, 'SCHEDULER'),
    sinks: sinks.map(({ id, name, type, status }) => ({
      value: id,
      label: name,
      hint: status === 'ONLINE' ? type.name : `${type.name}, ${status.toLowerCase()}`,
      status,
    })),
  };
}

export type ScheduleChoices = Awaited<ReturnType<typeof scheduleChoices>>;
