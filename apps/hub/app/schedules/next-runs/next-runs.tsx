import type { PlannedRun } from '@nexomatic/contracts/schedule-preview';
import { CalendarOff, TriangleAlert } from '../../components/icons.ts';
import { formatDay, formatTime, formatZoneOffset, instantMs } from '../../time/format-time.ts';
import { useZone } from '../../time/now.ts';
import { shownZones, timeBeside } from './run-times.ts';

type Shown = Pick<PlannedRun, 'at' | 'latestAt' | 'note' | 'blackout'>;

interface NextRunsProps {
  /** From the scheduler itself: the browser computes no run. */
  runs: readonly Shown[];
  timeZone: string;
  /** Read out before the table. */
  caption: string;
}

/** The runs that come, in the schedule's zone, the viewer's and UTC, with what daylight saving does to them and which of them are skipped. */
export function NextRuns({ runs, timeZone, caption }: NextRunsProps) {
  const [main, ...others] = shownZones(timeZone, useZone());
  if (!main) return null;
  return (
    <table className="next-runs">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr>
          <th scope="col" className="next-runs-number">
            <span className="sr-only">Run</span>
          </th>
          {[main, ...others].map(({ zone, whose }) => (
            <th key={zone} scope="col">
              {zone}
              {whose ? <span className="text-faint"> {whose}</span> : null}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {runs.map(({ at, latestAt, note, blackout }, index) => (
          <tr key={at} data-skipped={blackout ? true : undefined}>
            <td className="next-runs-number">{index + 1}</td>
            <td>
              <time dateTime={at}>
                {formatDay(instantMs(at), main.zone)}, <strong>{formatTime(instantMs(at), main.zone)}</strong>
                {latestAt === at ? null : ` to ${formatTime(instantMs(latestAt), main.zone)}`}
              </time>{' '}
              <span className="text-faint text-xs">{formatZoneOffset(instantMs(at), main.zone)}</span>
              {note === null ? null : (
                <span className="next-runs-note">
                  <TriangleAlert size={12} aria-hidden="true" /> {note}
                </span>
              )}
              {blackout ? (
                <span className="next-runs-note">
                  <CalendarOff size={12} aria-hidden="true" /> Skipped: blackout window “{blackout.name}”
                </span>
              ) : null}
            </td>
            {others.map(({ zone }) => (
              <td key={zone} data-zone={zone}>
                {timeBeside(at, zone, main.zone)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
