import type { Overview } from '@nexomatic/contracts/overview-api';
import { Link, useNavigate } from '@remix-run/react';
import { StateIcon } from '../components/state-icon.tsx';
import { useZone } from '../time/now.ts';
import { ChartCard } from './chart-card.tsx';
import { niceMax, stackBars } from './chart-shapes.ts';
import { countOf, ended, formatCount } from './figures.ts';
import { eventsHref } from './range-address.ts';
import { StepPlot } from './step-plot.tsx';
import { type Step, type StepColumn, StepTable } from './step-table.tsx';
import { spanText } from './step-time.ts';
import { TimeAxis } from './time-axis.tsx';
import { usePointedStep } from './use-pointed-step.ts';
import { type SelectedSteps, useRangeSelection } from './use-range-selection.ts';

/** Drawn from the axis upwards: what went wrong stands on the ground line, where the eye compares best. */
const series = [
  { state: 'ERROR', key: 'error', word: 'error' },
  { state: 'WARNING', key: 'warning', word: 'warning' },
  { state: 'SUCCESS', key: 'success', word: 'success' },
] as const;

const columns: readonly StepColumn[] = [
  { header: 'Fired', cell: ({ fired }) => formatCount(fired) },
  { header: 'Success', cell: ({ success }) => formatCount(success) },
  { header: 'Warning', cell: ({ warning }) => formatCount(warning) },
  { header: 'Error', cell: ({ error }) => formatCount(error) },
];

/** How many events ended in each step, by state. Steps can be selected, and lead to their events. */
export function Throughput({ overview, tenant }: { overview: Overview; tenant: string }) {
  const { steps, stepSeconds } = overview;
  const navigate = useNavigate();
  const pointing = usePointedStep(steps.length);
  const selection = useRangeSelection(steps.length, (range) => navigate(selectionHref(overview, tenant, range)));
  const { selected, clear } = selection;
  const zone = useZone();
  const max = niceMax(Math.max(...steps.map(ended)));
  const bars = stackBars(
    series.map(({ key }) => steps.map((step) => step[key])),
    max,
  );
  const shown = pointing.pointed ?? selection.focus;
  const told = shown === null ? null : (steps[shown] ?? null);
  const textOf = (step: Step): string => `${spanText(step.at, stepSeconds, 1, zone)}: ${sumText(step)}`;

  return (
    <ChartCard
      title="Throughput by state"
      className="throughput"
      figure={<Legend sums={told ?? overview.total} />}
      table={<StepTable {...{ steps, stepSeconds, columns }} />}
    >
      <StepPlot
        steps={steps.length}
        label="Select a time range; Enter shows its events"
        valueText={told ? textOf(told) : 'Nothing selected'}
        series={series.map(({ state }, i) => ({
          name: state,
          className: `strip-bars state-${state}`,
          bars: bars[i] ?? [],
        }))}
        {...{ max, pointing, selection }}
      />
      <TimeAxis steps={steps} stepSeconds={stepSeconds} />
      <div className="strip-note" aria-live="polite">
        {selected ? (
          <SelectionNote {...{ overview, tenant, selected }} onClear={clear} />
        ) : told ? (
          textOf(told)
        ) : (
          'Drag over the bars, or use the arrow keys, to see the events of a time.'
        )}
      </div>
    </ChartCard>
  );
}

function SelectionNote(props: { overview: Overview; tenant: string; selected: SelectedSteps; onClear: () => void }) {
  const { overview, tenant, selected, onClear } = props;
  const zone = useZone();
  const steps = overview.steps.slice(selected.first, selected.last + 1);
  const sum = (key: 'success' | 'warning' | 'error'): number => steps.reduce((all, step) => all + step[key], 0);
  const sums = { success: sum('success'), warning: sum('warning'), error: sum('error') };
  const from = steps[0]?.at ?? overview.since;
  return (
    <>
      <span>
        {spanText(from, overview.stepSeconds, steps.length, zone)}: {sumText(sums)}
      </span>
      <Link to={selectionHref(overview, tenant, selected)} className="link">
        Show the events of this time
      </Link>
      <button type="button" className="link" onClick={onClear}>
        Clear
      </button>
    </>
  );
}

/** The list of what was fired in the selected steps. */
function selectionHref(
  { steps, stepSeconds, until }: Overview,
  tenant: string,
  { first, last }: SelectedSteps,
): string {
  const from = steps[first]?.at ?? until;
  const end = new Date(Date.parse(steps[last]?.at ?? until) + stepSeconds * 1000).toISOString();
  return eventsHref(tenant, `from:${from} to:${end}`);
}

type Sums = Pick<Step, 'success' | 'warning' | 'error'>;

function sumText({ success, warning, error }: Sums): string {
  if (success + warning + error === 0) return 'no event ended';
  return [`${formatCount(success)} success`, countOf(warning, 'warning'), countOf(error, 'error')].join(', ');
}

const Legend = ({ sums }: { sums: Sums }) => (
  <>
    {series.toReversed().map(({ state, key, word }) => (
      <span key={key} className={`legend-state state-${state}`}>
        <StateIcon state={state} />
        {word} <strong>{formatCount(sums[key])}</strong>
      </span>
    ))}
  </>
);
