import type { Id } from '@nexomatic/contracts/id';
import type { AppLoadContext } from '@remix-run/server-runtime';
import { hubCall, hubTry } from '../../frame/hub-call.server.ts';

const shownRuns = 10;
const squares = 120;

/** What the first part of a schedule's page shows: the runs that come, those that were, and what keeps some from coming. */
export async function loadOverview(context: AppLoadContext, id: Id<'schedule'>) {
  const { schedules, blackouts, audit } = context.caller;
  const schedule = await hubCall(context, () => schedules.get({ id }));
  const { kind, cron, at, timeZone, startsAt, endsAt, jitterSeconds } = schedule;
  const timing = { kind, cron, at, timeZone, startsAt, endsAt, jitterSeconds, scheduleId: id };
  const [next, past, windows, changes] = await Promise.all([
    schedule.status === 'on' ? hubTry(context, () => schedules.preview({ ...timing, count: shownRuns })) : null,
    hubCall(context, () => schedules.occurrences({ id, limit: squares })),
    hubCall(context, () => blackouts.list({ scheduleId: id, limit: 20 })),
    // Whoever may not read the audit log sees no changes.
    hubTry(context, () => audit.list({ objectKind: 'schedule', objectId: id, limit: 5 })),
  ]);
  return {
    runs: next?.done?.runs ?? [],
    past: past.occurrences,
    blackouts: windows.blackouts,
    changes: changes.done?.entries ?? null,
  };
}
