import type { Upcoming } from '@nexomatic/contracts/schedule-run-api';
import { Link } from '@remix-run/react';
import { CalendarClock } from '../components/icons.ts';
import { formatDayMinute, instantMs } from '../time/format-time.ts';
import { useZone } from '../time/now.ts';
import { TimeLeft } from '../time/time-left.tsx';

const shown = 5;

/** What the clock fires next. */
export function NextSchedules({ next, tenant }: { next: Upcoming['next']; tenant: string }) {
  const zone = useZone();
  return (
    <section className="card digest" aria-label="Next schedules">
      <header className="digest-head">
        <h2>Next schedules</h2>
        <Link to={`/t/${tenant}/schedules?sort=next`} className="link">
          Show all
        </Link>
      </header>
      {next.length === 0 ? (
        <p className="digest-empty">No schedule is to run.</p>
      ) : (
        <ul className="digest-list">
          {next.slice(0, shown).map(({ dueAt, schedule }) => (
            <li key={schedule.id} className="row digest-row">
              <CalendarClock size={14} aria-hidden="true" />
              <div className="digest-line min-w-0">
                <Link to={`/t/${tenant}/schedules/${schedule.id}`} className="row-link">
                  {schedule.name}
                </Link>
                <span className="digest-reason">{formatDayMinute(instantMs(dueAt), zone)}</span>
              </div>
              <div className="digest-side">
                <TimeLeft at={dueAt} />
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
