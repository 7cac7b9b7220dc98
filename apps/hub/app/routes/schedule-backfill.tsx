import { scheduleRef } from '@nexomatic/contracts/schedule-api';
import { maxRunsAtOnce } from '@nexomatic/contracts/schedule-run-api';
import { useLoaderData } from '@remix-run/react';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '@remix-run/server-runtime';
import { redirectWithToast } from '../components/toast/redirect-with-toast.server.ts';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, hubTry, requireMember } from '../frame/hub-call.server.ts';
import { refOf, requirePermission } from '../frame/page-guards.server.ts';
import { type BackfillData, BackfillPanel } from '../schedules/backfill/backfill-panel.tsx';
import { useSchedule } from '../schedules/detail/schedule-context.ts';
import { fromLocal } from '../time/local-time.ts';

export const handle: CrumbHandle = { crumbs: () => [{ word: 'Backfill' }] };

export async function loader({ request, params, context }: LoaderFunctionArgs): Promise<BackfillData> {
  requirePermission(context, 'schedules.operate');
  const ref = refOf(context, scheduleRef, params);
  const query = new URL(request.url).searchParams;
  const asked = { from: query.get('from') ?? '', to: query.get('to') ?? '' };
  if (asked.from === '' || asked.to === '') return { asked, preview: null, problem: null, limit: maxRunsAtOnce };
  const { schedules } = context.caller;
  const { timeZone } = await hubCall(context, () => schedules.get(ref));
  const { done, problem } = await hubTry(context, () =>
    schedules.backfillPreview({ ...ref, ...windowOf(asked, timeZone) }),
  );
  return { asked, preview: done ?? null, problem: problem ?? null, limit: maxRunsAtOnce };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  requireMember(context);
  const ref = refOf(context, scheduleRef, params);
  const sent = await request.formData();
  const asked = { from: String(sent.get('from')), to: String(sent.get('to')) };
  const { schedules } = context.caller;
  const { timeZone } = await hubCall(context, () => schedules.get(ref));
  const { done, problem } = await hubTry(context, () =>
    schedules.backfill({ ...ref, ...windowOf(asked, timeZone), count: Number(sent.get('count')) }),
  );
  if (problem) return data({ problem }, problem.status);
  return redirectWithToast(`/t/${params.tenant}/schedules/${ref.id}/runs`, `Fired: ${done.fired} of the window`);
}

/** Times of the schedule's zone as instants; what is none goes on as it is, and the hub refuses it. */
function windowOf({ from, to }: BackfillData['asked'], timeZone: string) {
  const instant = (text: string): string => {
    const at = fromLocal(text, timeZone);
    return Number.isNaN(at) ? text : new Date(at).toISOString();
  };
  return { from: instant(from), to: instant(to) };
}

export default function ScheduleBackfill() {
  const found = useLoaderData<typeof loader>();
  const { timeZone } = useSchedule();
  return <BackfillPanel key={`${found.asked.from} ${found.asked.to}`} data={found} timeZone={timeZone} />;
}
