import { useMay } from '../../frame/use-may.ts';
import type { ListedSchedule } from '../list/schedule-list.tsx';
import { useScheduleAction } from '../use-schedule-action.ts';

/** Skipping the next run. Taking that back stands with the notice of it. */
export function NextActions({ schedule: { id, status, nextDueAt, skipDueAt } }: { schedule: ListedSchedule }) {
  const { run, busy } = useScheduleAction(id);
  const mayOperate = useMay()('schedules.operate');
  if (!mayOperate || status !== 'on' || nextDueAt === null || skipDueAt !== null) return null;
  return (
    <button
      type="button"
      className="button-quiet"
      disabled={busy}
      onClick={() => run('skip-next', { dueAt: nextDueAt })}
    >
      Skip the next run
    </button>
  );
}
