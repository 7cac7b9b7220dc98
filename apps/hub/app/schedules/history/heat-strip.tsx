import type { Occurrence } from '@nexomatic/contracts/schedule-occurrence';
import { Link, useParams } from '@remix-run/react';
import { formatDayMinute, instantMs } from '../../time/format-time.ts';
import { useZone } from '../../time/now.ts';
import { countLooks, type Look, lookOf, lookWords, resultText } from './heat.ts';

/** Told apart by shape as well as by colour, in a box of 12 by 12. */
const shapes: Record<Look, string> = {
  success: 'M1 1h10v10H1Z',
  warning: 'M6 1 11 11H1Z',
  error: 'M1 1h10v10H1ZM3.6 3.6 8.4 8.4M8.4 3.6 3.6 8.4',
  going: 'M6 1a5 5 0 1 0 0 10a5 5 0 1 0 0 -10Z',
  skipped: 'M1 6h10',
  held: 'M3.5 1.5v9M8.5 1.5v9',
  gone: 'M5 5h2v2H5Z',
};

/** The history of a schedule, oldest first: each run a square. What the squares show stands in the list of runs as well. */
export function HeatStrip({ runs }: { runs: readonly Occurrence[] }) {
  const { tenant = '' } = useParams();
  const zone = useZone();
  if (runs.length === 0) return <p className="text-muted text-sm">It has not been due yet.</p>;
  return (
    <figure className="heat">
      <div className="heat-squares" aria-hidden="true">
        {runs.toReversed().map((run) => {
          const square = <Square look={lookOf(run)} />;
          const times = run.count > 1 ? `, ${run.count.toLocaleString('en')} runs` : '';
          const title = `${formatDayMinute(instantMs(run.dueAt), zone)}${times}: ${resultText(run)}`;
          return run.event ? (
            <Link
              key={run.dueAt}
              to={`/t/${tenant}/events/${run.event.id}`}
              title={title}
              tabIndex={-1}
              discover="none"
            >
              {square}
            </Link>
          ) : (
            <span key={run.dueAt} title={title}>
              {square}
            </span>
          );
        })}
      </div>
      <figcaption>
        {countLooks(runs).map(({ look, count }) => (
          <span key={look} className="heat-key">
            <Square look={look} />
            {count.toLocaleString('en')} {lookWords[look]}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

const Square = ({ look }: { look: Look }) => (
  <svg className="heat-square" data-look={look} viewBox="0 0 12 12" aria-hidden="true">
    <path d={shapes[look]} />
  </svg>
);
