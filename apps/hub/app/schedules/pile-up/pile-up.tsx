import { ChartCard } from '../../overview/chart-card.tsx';
import { boxHeight, niceMax, stackBars } from '../../overview/chart-shapes.ts';
import { spanText } from '../../overview/step-time.ts';
import { usePointedStep } from '../../overview/use-pointed-step.ts';
import { formatMinute, instantMs } from '../../time/format-time.ts';
import { useZone } from '../../time/now.ts';
import { busiest, countRuns, type Quarter } from './quarters.ts';

interface PileUpProps {
  /** Every step of the next day, also those without any run. */
  steps: readonly Quarter[];
  stepSeconds: number;
  /** False where there are more schedules than could be counted. */
  complete: boolean;
}

/** How many runs are due when within the next day: where they pile up, others can be moved to. */
export function PileUp({ steps, stepSeconds, complete }: PileUpProps) {
  const zone = useZone();
  const { pointed, pointers } = usePointedStep(steps.length);
  const max = niceMax(Math.max(...steps.map(({ runs }) => runs)));
  const [bars = []] = stackBars([steps.map(({ runs }) => runs)], max);
  const top = busiest(steps);
  const told = pointed === null ? null : steps[pointed];
  const marks = [0, 0.25, 0.5, 0.75].flatMap((part) => steps[Math.floor(part * steps.length)] ?? []);
  return (
    <ChartCard
      title="Next 24 hours"
      className="pile-up"
      figure={
        told ? (
          <span>
            {spanText(told.at, stepSeconds, 1, zone)} <strong>{countRuns(told.runs)}</strong>
          </span>
        ) : (
          <>
            <span>
              {complete ? '' : 'at least '}
              <strong>{countRuns(steps.reduce((sum, { runs }) => sum + runs, 0))}</strong> due
            </span>
            {top ? (
              <span>
                most at {spanText(top.at, stepSeconds, 1, zone)}: <strong>{top.runs.toLocaleString('en')}</strong>
              </span>
            ) : null}
          </>
        )
      }
      table={<PileUpTable {...{ steps, stepSeconds }} />}
    >
      <div className="chart-plot" {...pointers}>
        <span className="chart-scale" aria-hidden="true">
          {max}
        </span>
        <svg className="chart" viewBox={`0 0 ${steps.length} ${boxHeight}`} preserveAspectRatio="none" role="img">
          <title>{`Runs that are due in the next 24 hours, per ${stepSeconds / 60} minutes`}</title>
          {pointed === null ? null : <rect className="chart-pointed" x={pointed} y="0" width="1" height={boxHeight} />}
          {bars.map(({ step, y, height }) => (
            <rect
              key={step}
              className="pile-up-bar"
              data-top={steps[step] === top || undefined}
              x={step + 0.12}
              y={y}
              width="0.76"
              height={height}
            />
          ))}
        </svg>
      </div>
      <div className="pile-up-axis" aria-hidden="true">
        {marks.map(({ at }) => (
          <span key={at}>{formatMinute(instantMs(at), zone)}</span>
        ))}
      </div>
    </ChartCard>
  );
}

function PileUpTable({ steps, stepSeconds }: Omit<PileUpProps, 'complete'>) {
  const zone = useZone();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a pane that scrolls has to be reachable by keyboard
    <section className="chart-table" tabIndex={0} aria-label="Runs of the next 24 hours as a table">
      <table>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Runs</th>
          </tr>
        </thead>
        <tbody>
          {steps
            .filter(({ runs }) => runs > 0)
            .map(({ at, runs }) => (
              <tr key={at}>
                <th scope="row">{spanText(at, stepSeconds, 1, zone)}</th>
                <td>{runs.toLocaleString('en')}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  );
}
