import type { ScheduleSummary } from '@nexomatic/contracts/schedule-api';
import { formatDay, formatDayMinute, formatMinute, instantMs } from '../../time/format-time.ts';
import { useTicking, useZone } from '../../time/now.ts';
import { TimeLeft } from '../../time/time-left.tsx';

type Shown = Pick<ScheduleSummary, 'status' | 'nextDueAt' | 'skipDueAt' | 'pausedUntil'>;

/** When it runs next: how long until then, and the time itself in the viewer's zone; or why it does not. */
export function NextRun({ schedule: { status, nextDueAt, skipDueAt, pausedUntil } }: { schedule: Shown }) {
  const zone = useZone();
  const sameDay = useTicking((now) => (nextDueAt !== null && isSameDay(now, instantMs(nextDueAt), zone) ? 1 : 0)) === 1;
  if (status === 'paused')
    return pausedUntil ? (
      <span className="text-muted">
        resumes <TimeLeft at={pausedUntil} focusable={false} />
      </span>
    ) : (
      <span className="text-faint">until resumed</span>
    );
  if (nextDueAt === null) return <span className="text-faint">none</span>;
  const at = instantMs(nextDueAt);
  const nextTime = sameDay ? formatMinute(at, zone) : formatDayMinute(at, zone);
  return (
    <span className="next-run">
      <TimeLeft at={nextDueAt} focusable={false} />{' '}
      <span className="text-faint">{skipDueAt === nextDueAt ? 'to be skipped' : nextTime}</span>
    </span>
  );
}

const isSameDay = (one: number, other: number, zone: string): boolean =>
  formatDay(one, zone) === formatDay(other, zone);
