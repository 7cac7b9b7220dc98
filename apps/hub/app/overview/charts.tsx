import type { Overview, OverviewFigures } from '@nexomatic/contracts/overview-api';
import { niceMax, shareFloor } from './chart-shapes.ts';
import { ended, formatCount, formatMs, formatShare, successRate } from './figures.ts';
import { LineChart } from './line-chart.tsx';
import type { Step, StepColumn } from './step-table.tsx';

type Measure = 'run' | 'wait';
const dash = '–';
const durationText = (ms: number | null): string => (ms === null ? dash : formatMs(ms));
const rateText = (figures: OverviewFigures): string => {
  const rate = successRate(figures);
  return rate === null ? dash : formatShare(rate);
};

/** How well and how fast, over the range. */
export function Charts({ overview }: { overview: Overview }) {
  return (
    <div className="charts">
      <SuccessChart overview={overview} />
      <DurationChart overview={overview} title="Run time" measure="run" />
      <DurationChart overview={overview} title="Waiting time" measure="wait" />
    </div>
  );
}

const successColumns: readonly StepColumn[] = [
  { header: 'Ended', cell: (step) => formatCount(ended(step)) },
  { header: 'Success', cell: rateText },
];

function SuccessChart({ overview: { steps, stepSeconds, total } }: { overview: Overview }) {
  const rates = steps.map(successRate);
  return (
    <LineChart
      title="Success rate"
      {...{ steps, stepSeconds }}
      lines={[{ kind: 'rate', values: rates }]}
      scale={{ min: shareFloor(rates), max: 1, format: formatShare }}
      figure={(step) => <strong>{rateText(step ?? total)}</strong>}
      columns={successColumns}
      summary={`Success rate over the range: ${rateText(total)} of ${formatCount(ended(total))} ended events`}
    />
  );
}

const durationColumns: Record<Measure, readonly StepColumn[]> = {
  run: [
    { header: 'p50', cell: ({ runP50 }) => durationText(runP50) },
    { header: 'p95', cell: ({ runP95 }) => durationText(runP95) },
  ],
  wait: [
    { header: 'p50', cell: ({ waitP50 }) => durationText(waitP50) },
    { header: 'p95', cell: ({ waitP95 }) => durationText(waitP95) },
  ],
};

const pairOf = (figures: OverviewFigures, measure: Measure): [p50: number | null, p95: number | null] =>
  measure === 'run' ? [figures.runP50, figures.runP95] : [figures.waitP50, figures.waitP95];

function DurationChart({ overview, title, measure }: { overview: Overview; title: string; measure: Measure }) {
  const { steps, stepSeconds, total } = overview;
  const pairs = steps.map((step) => pairOf(step, measure));
  const max = niceMax(Math.max(0, ...pairs.flat().filter((ms) => ms !== null)));
  const [p50, p95] = pairOf(total, measure);
  return (
    <LineChart
      title={title}
      {...{ steps, stepSeconds }}
      lines={[
        { kind: 'p95', values: pairs.map((pair) => pair[1]) },
        { kind: 'p50', values: pairs.map((pair) => pair[0]) },
      ]}
      scale={{ min: 0, max, format: (ms) => (ms === 0 ? '0' : formatMs(ms)) }}
      figure={(step) => <Quantiles pair={pairOf(step ?? total, measure)} />}
      columns={durationColumns[measure]}
      summary={`${title} over the range: p50 ${durationText(p50)}, p95 ${durationText(p95)}`}
    />
  );
}

const Quantiles = ({ pair: [p50, p95] }: { pair: [p50: Step['runP50'], p95: Step['runP95']] }) => (
  <>
    <span className="legend legend-p50">
      p50 <strong>{durationText(p50)}</strong>
    </span>
    <span className="legend legend-p95">
      p95 <strong>{durationText(p95)}</strong>
    </span>
  </>
);
