import { formatLogQuery } from '@nexomatic/contracts/log-query';
import type { LogHistogram } from '@nexomatic/contracts/log-search-api';
import { Link, useNavigate } from '@remix-run/react';
import { timeTerm } from '../events/time-range.tsx';
import { ChartCard } from '../overview/chart-card.tsx';
import { boxHeight, niceMax, stackBars } from '../overview/chart-shapes.ts';
import { formatCount } from '../overview/figures.ts';
import { StepPlot } from '../overview/step-plot.tsx';
import { type StepColumn, StepTable } from '../overview/step-table.tsx';
import { spanText, stepText } from '../overview/step-time.ts';
import { TimeAxis } from '../overview/time-axis.tsx';
import { usePointedStep } from '../overview/use-pointed-step.ts';
import { type SelectedSteps, useRangeSelection } from '../overview/use-range-selection.ts';
import { useZone } from '../time/now.ts';
import { type ChartStep, sumOf, totalOf } from './chart-steps.ts';
import { levels } from './level-mark.tsx';
import { type LogsAddress, logQueryOf, logsHref, logTimes, withLogTime } from './logs-address.ts';

const columns = levels.map(
  ({ level, word }): StepColumn<ChartStep> => ({ header: word, cell: ({ counts }) => formatCount(counts[level]) }),
);

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
  const toNow = !logTimes(logQueryOf(address.text)).some(({ key }) => key === 'to');
  const chosen = selected ? steps.slice(selected.first, selected.last + 1) : [];

  return (
    <ChartCard
      title="Records by level"
      className="throughput logs-chart"
      figure={<Legend counts={sumOf(selected ? chosen : told ? [told] : steps)} />}
      table={<StepTable {...{ steps, stepSeconds, columns }} />}
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
      <TimeAxis {...{ steps, stepSeconds }} end={toNow ? 'now' : endText(steps, stepSeconds, zone)} />
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
          hintOf(histogram.archive)
        )}
      </div>
    </ChartCard>
  );
}

function hintOf({ lines, unavailable }: LogHistogram['archive']): string {
  if (unavailable !== null) return 'Records in the archive are not counted: it can not be read just now.';
  const words = 'Drag over the bars, or use the arrow keys, to narrow the time.';
  return lines > 0 ? `${formatCount(lines)} of these records are in the archive. ${words}` : words;
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

/** Where the last step ends. */
function endText(steps: readonly ChartStep[], stepSeconds: number, zone: string): string {
  const last = steps.at(-1);
  if (!last) return '';
  return stepText(new Date(Date.parse(last.at) + stepSeconds * 1_000).toISOString(), stepSeconds, zone);
}
