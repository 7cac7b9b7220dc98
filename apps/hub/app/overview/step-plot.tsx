import type { ReactNode } from 'react';
import { type Bar, boxHeight } from './chart-shapes.ts';
import { formatCount } from './figures.ts';
import type { usePointedStep } from './use-pointed-step.ts';
import type { useRangeSelection } from './use-range-selection.ts';

interface StepPlotProps {
  steps: number;
  /** Where the scale ends. */
  max: number;
  /** What the selection is for. */
  label: string;
  /** What stands at the step that is looked at. */
  valueText: string;
  pointing: ReturnType<typeof usePointedStep>;
  selection: ReturnType<typeof useRangeSelection>;
  /** Drawn over each other in this order, each with the class that colours it. */
  series: readonly { name: string; className: string; bars: readonly Bar[] }[];
  /** Drawn below everything else. */
  ground?: ReactNode;
}

/** Bars over time, whose steps can be selected by the pointer and by keys. */
export function StepPlot(props: StepPlotProps) {
  const { steps, max, label, valueText, series, ground } = props;
  const { pointed, pointers } = props.pointing;
  const { selected, focus, handlers } = props.selection;
  return (
    <div
      className="chart-plot strip"
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={steps - 1}
      aria-valuenow={focus ?? steps - 1}
      aria-valuetext={valueText}
      {...handlers}
      onPointerMove={(event) => {
        pointers.onPointerMove(event);
        handlers.onPointerMove(event);
      }}
      onPointerLeave={pointers.onPointerLeave}
    >
      <span className="chart-scale" aria-hidden="true">
        {formatCount(max)}
      </span>
      <svg className="chart" viewBox={`0 0 ${steps} ${boxHeight}`} preserveAspectRatio="none" aria-hidden="true">
        {ground}
        {selected ? (
          <rect
            className="chart-selected"
            x={selected.first}
            y="0"
            width={selected.last - selected.first + 1}
            height={boxHeight}
          />
        ) : null}
        {pointed === null ? null : <rect className="chart-pointed" x={pointed} y="0" width="1" height={boxHeight} />}
        {series.map(({ name, className, bars }) => (
          <g key={name} className={className}>
            {bars.map(({ step, y, height }) => (
              <rect key={step} x={step + 0.12} y={y} width="0.76" height={height} />
            ))}
          </g>
        ))}
      </svg>
    </div>
  );
}
