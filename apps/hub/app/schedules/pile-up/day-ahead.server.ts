import { systemClock } from '@nexomatic/clock';
import type { AppLoadContext } from '@remix-run/server-runtime';
import { hubCall } from '../../frame/hub-call.server.ts';

const stepMs = 15 * 60_000;
const hours = 24;

/** The runs of the next day by quarters of an hour, those without any included. */
export async function dayAhead(context: AppLoadContext) {
  const { slots, complete } = await hubCall(context, () => context.caller.schedules.upcoming({ hours }));
  const runsAt = new Map(slots.map(({ at, runs }) => [Date.parse(at), runs]));
  const first =
    Math.floor((slots[0] ? Math.min(Date.parse(slots[0].at), systemClock.now()) : systemClock.now()) / stepMs) * stepMs;
  const steps = Array.from({ length: (hours * 3_600_000) / stepMs }, (_, index) => {
    const at = first + index * stepMs;
    return { at: new Date(at).toISOString(), runs: runsAt.get(at) ?? 0 };
  });
  const runs = steps.reduce((sum, step) => sum + step.runs, 0);
  return { steps, stepSeconds: stepMs / 1000, runs, complete };
}
