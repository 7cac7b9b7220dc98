import { formatLogQuery } from '@nexomatic/contracts/log-query';
import type { LogHistogram } from '@nexomatic/contracts/log-search-api';
import { Link, useNavigate } from '@remix-run/react';
import { timeTerm } from '../events/time-range.tsx';
import { ChartCard } from '../overview/chart-card.tsx';
import { boxHeight, niceMax, stackBars } from '../overview/chart-shapes.ts';
import { formatCount } from '../overview/figures.ts';
import { StepPlot } from '../overview/step-plot.tsx';
import { spanText, stepText } from '../overview/step-time.ts';
import { usePointedStep } from '../overview/use-pointed-step.ts';
import { type SelectedSteps, useRangeSelection } from '../overview/use-range-selection.ts';
import { useZone } from '../time/now.ts';
import { type ChartStep, sumOf, totalOf } from './chart-steps.ts';
import { levels } from './level-mark.tsx';
import { type LogsAddress, logQueryOf, logsHref, logTimes, withLogTime } from './logs-address.ts';

interface LogsChartProps {
  address: LogsAddress;
  histogram: LogHistogram;
  steps: readonly ChartStep[];
}

/** How many records there are of each level, over the range. Steps can be selected, and become the range. */
export function LogsChart({ address, histogram, steps }: LogsChartProps) {
  const { stepSeconds, countedFrom } = histogram;
  const navigate = useNavigate();
  const zone = useZone();
  const pointing = usePointedStep(steps.length);
  const selection = useRangeSelection(steps.length, (range) =>
    navigate(selectionHref(address, steps, stepSeconds, range)),
  );
  const { selected, clear } = selection;
  const max = niceMax(Math.max(...steps.map(totalOf)));
  const bars = stackBars(
    levels.map(({ level }) => steps.map(({ counts }) => counts[level])),
    max,
  );
  const shown = pointing.pointed ?? selection.focus;
  const told = shown === null ? undefined : steps[shown];
  const uncounted = countedFrom === null ? 0 : steps.filter(({ at }) => at < countedFrom).length;
  const chosen = selected ? steps.slice(selected.first, selected.last + 1) : [];

  return (
    <ChartCard
      title="Records by level"
      className="throughput logs-chart"
      figure={<Legend counts={sumOf(selected ? chosen : told ? [told] : steps)} />}
      table={<StepRows steps={steps} stepSeconds={stepSeconds} />}
    >
      <StepPlot
        steps={steps.length}
        label="Select a time range; Enter shows its records"
        valueText={told ? textOf(told, stepSeconds, zone) : 'Nothing selected'}
        series={levels.map(({ level }, i) => ({
          name: level,
          className: `level-bars level-${level}`,
          bars: bars[i] ?? [],
        }))}
        ground={
          uncounted > 0 ? <rect className="chart-uncounted" x="0" y="0" width={uncounted} height={boxHeight} /> : null
        }
        {...{ max, pointing, selection }}
      />
      <Axis
        steps={steps}
        stepSeconds={stepSeconds}
        toNow={!logTimes(logQueryOf(address.text)).some(({ key }) => key === 'to')}
      />
      <div className="strip-note" aria-live="polite">
        {selected ? (
          <>
            <span>
              {spanText(chosen[0]?.at ?? '', stepSeconds, chosen.length, zone)}:{' '}
              {formatCount(chosen.reduce((sum, step) => sum + totalOf(step), 0))} records
            </span>
            <Link to={selectionHref(address, steps, stepSeconds, selected)} className="link">
              Show only these
            </Link>
            <button type="button" className="link" onClick={clear}>
              Clear
            </button>
          </>
        ) : told ? (
          textOf(told, stepSeconds, zone)
        ) : uncounted > 0 && countedFrom ? (
          `Counted back to ${stepText(countedFrom, stepSeconds, zone)}; older records are there, but there are too many to count at once.`
        ) : (
          'Drag over the bars, or use the arrow keys, to narrow the time.'
        )}
      </div>
    </ChartCard>
  );
}

const textOf = (step: ChartStep, stepSeconds: number, zone: string): string => {
  const words = levels.flatMap(({ level, word }) =>
    step.counts[level] > 0 ? [`${formatCount(step.counts[level])} ${word}`] : [],
  );
  return `${spanText(step.at, stepSeconds, 1, zone)}: ${words.join(', ') || 'nothing written'}`;
};

/** The same query within the selected steps. */
function selectionHref(
  { text, live }: LogsAddress,
  steps: readonly ChartStep[],
  stepSeconds: number,
  { first, last }: SelectedSteps,
): string {
  const from = steps[first]?.at ?? '';
  const to = new Date(Date.parse(steps[last]?.at ?? from) + stepSeconds * 1_000).toISOString();
  const query = withLogTime(logQueryOf(text), [timeTerm('from', from), timeTerm('to', to)]);
  return logsHref({ text: formatLogQuery(query), live });
}

const Legend = ({ counts }: { counts: ChartStep['counts'] }) => (
  <>
    {levels.map(({ level, word, icon: Icon }) => (
      <span key={level} className={`legend-state level-${level}`}>
        <Icon size={13} aria-hidden="true" />
        {word} <strong>{formatCount(counts[level])}</strong>
      </span>
    ))}
  </>
);

function Axis({ steps, stepSeconds, toNow }: { steps: readonly ChartStep[]; stepSeconds: number; toNow: boolean }) {
  const zone = useZone();
  const marks = [steps[0], steps[Math.floor(steps.length / 2)]];
  return (
    <div className="time-axis" aria-hidden="true">
      {marks.map((step, i) => (
        <span key={i}>{step ? stepText(step.at, stepSeconds, zone) : null}</span>
      ))}
      <span>{toNow ? 'now' : endText(steps, stepSeconds, zone)}</span>
    </div>
  );
}

/** Where the last step ends. */
function endText(steps: readonly ChartStep[], stepSeconds: number, zone: string): string {
  const last = steps.at(-1);
  if (!last) return '';
  return stepText(new Date(Date.parse(last.at) + stepSeconds * 1_000).toISOString(), stepSeconds, zone);
}

function StepRows({ steps, stepSeconds }: { steps: readonly ChartStep[]; stepSeconds: number }) {
  const zone = useZone();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a pane that scrolls has to be reachable by keyboard
    <section className="chart-table" tabIndex={0} aria-label="Figures as a table">
      <table>
        <thead>
          <tr>
            <th scope="col">Time</th>
            {levels.map(({ level, word }) => (
              <th key={level} scope="col">
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {steps.toReversed().map((step) => (
            <tr key={step.at}>
              <th scope="row">{spanText(step.at, stepSeconds, 1, zone)}</th>
              {levels.map(({ level }) => (
                <td key={level}>{formatCount(step.counts[level])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
