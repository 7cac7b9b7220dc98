import { maxCounted, type Overview } from '@nexomatic/contracts/overview-api';
import { Link } from '@remix-run/react';
import { Sparkline } from '../components/sparkline.tsx';
import { StatTile } from '../components/stat-tile.tsx';
import { TimeText } from '../time/time-text.tsx';
import {
  countOf,
  ended,
  formatCount,
  formatMs,
  formatShare,
  relativeDelta,
  shareDelta,
  successRate,
} from './figures.ts';
import { eventsHref, rangeWords } from './range-address.ts';

/** The four figures that say how it goes. */
export function Tiles({ overview, tenant }: { overview: Overview; tenant: string }) {
  const { range, steps, total, before, waiting } = overview;
  const last = `in the last ${rangeWords[range]}`;
  const rate = successRate(total);
  return (
    <div className="stats">
      <StatTile
        label="Events"
        value={formatCount(total.fired)}
        {...given(relativeDelta(total.fired, before.fired, null))}
        chart={<Sparkline values={steps.map(({ fired }) => fired)} label={`Events fired ${last}`} width={72} />}
        note={`fired ${last}`}
      />
      <StatTile
        label="Success rate"
        value={rate === null ? '–' : formatShare(rate)}
        {...given(shareDelta(rate, successRate(before)))}
        chart={
          <Sparkline values={steps.map(percentOf)} label={`Success rate in per cent ${last}`} max={100} width={72} />
        }
        note={<Failures overview={overview} tenant={tenant} />}
      />
      <StatTile
        label="Run time, p50"
        value={total.runP50 === null ? '–' : formatMs(total.runP50)}
        {...given(relativeDelta(total.runP50, before.runP50, 'falling'))}
        chart={
          <Sparkline
            values={steps.map(({ runP50 }) => Math.round(runP50 ?? 0))}
            label={`Median run time in ms ${last}`}
            width={72}
          />
        }
        note={total.runP95 === null ? 'nothing ran' : `p95 ${formatMs(total.runP95)}`}
      />
      <StatTile
        label="Waiting now"
        value={
          waiting.count === 0 ? (
            '0'
          ) : (
            <Link to={eventsHref(tenant, 'state:queued since:all')} className="stat-link">
              {waiting.more ? `${formatCount(maxCounted)}+` : formatCount(waiting.count)}
            </Link>
          )
        }
        chart={
          <Sparkline
            values={steps.map(({ waitP50 }) => Math.round(waitP50 ?? 0))}
            label={`Median waiting time in ms ${last}`}
            width={72}
          />
        }
        note={<OldestWaiting waiting={waiting} />}
      />
    </div>
  );
}

const given = <T,>(delta: T | undefined): { delta?: T } => (delta === undefined ? {} : { delta });

/** A step without an end keeps the curve at the top: nothing went wrong there. */
function percentOf(step: Overview['steps'][number]): number {
  const rate = successRate(step);
  return rate === null ? 100 : Math.round(rate * 1000) / 10;
}

function Failures({ overview: { total, range }, tenant }: { overview: Overview; tenant: string }) {
  if (ended(total) === 0) return 'no event ended';
  const since = `since:${range}`;
  return (
    <>
      {total.error > 0 ? (
        <Link to={eventsHref(tenant, `state:error ${since}`)} className="link">
          {countOf(total.error, 'error')}
        </Link>
      ) : (
        'no errors'
      )}
      {' · '}
      {total.warning > 0 ? (
        <Link to={eventsHref(tenant, `state:warning ${since}`)} className="link">
          {countOf(total.warning, 'warning')}
        </Link>
      ) : (
        'no warnings'
      )}
    </>
  );
}

function OldestWaiting({ waiting: { count, oldestAt } }: { waiting: Overview['waiting'] }) {
  if (oldestAt === null) return count === 0 ? 'no event waits' : 'none could start yet';
  return (
    <>
      the oldest since <TimeText at={oldestAt} />
    </>
  );
}
