import type { ReactNode } from 'react';
import { ChartCard } from './chart-card.tsx';
import { boxHeight, linePath } from './chart-shapes.ts';
import { type Step, type StepColumn, StepTable } from './step-table.tsx';
import { TimeAxis } from './time-axis.tsx';
import { usePointedStep } from './use-pointed-step.ts';

interface Line {
  /** Of its colour and its stroke: `line-p50`. */
  kind: 'rate' | 'p50' | 'p95';
  values: readonly (number | null)[];
}

interface LineChartProps {
  title: string;
  steps: readonly Step[];
  stepSeconds: number;
  lines: readonly Line[];
  scale: { min: number; max: number; format: (value: number) => string };
  /** What stands in the head: for a step, or for the whole range. */
  figure: (step: Step | null) => ReactNode;
  columns: readonly StepColumn[];
  /** The chart in one sentence. */
  summary: string;
}

/** One or two curves over the range. */
export function LineChart(props: LineChartProps) {
  const { title, steps, stepSeconds, lines, scale, figure, columns, summary } = props;
  const { pointed, pointers } = usePointedStep(steps.length);
  const step = pointed === null ? null : (steps[pointed] ?? null);
  return (
    <ChartCard title={title} figure={figure(step)} table={<StepTable {...{ steps, stepSeconds, columns }} />}>
      <div className="chart-plot" {...pointers}>
        <span className="chart-scale" aria-hidden="true">
          {scale.format(scale.max)}
        </span>
        <span className="chart-scale chart-scale-low" aria-hidden="true">
          {scale.format(scale.min)}
        </span>
        <svg className="chart" viewBox={`0 0 ${steps.length} ${boxHeight}`} preserveAspectRatio="none" role="img">
          <title>{summary}</title>
          {pointed === null ? null : <rect className="chart-pointed" x={pointed} y="0" width="1" height={boxHeight} />}
          {lines.map(({ kind, values }) => (
            <path key={kind} className={`line line-${kind}`} d={linePath(values, scale)} />
          ))}
        </svg>
      </div>
      <TimeAxis steps={steps} stepSeconds={stepSeconds} />
    </ChartCard>
  );
}
