import type { Overview } from '@nexomatic/contracts/overview-api';
import { useZone } from '../time/now.ts';
import { spanText } from './step-time.ts';

export type Step = Overview['steps'][number];

export interface StepColumn<One = Step> {
  header: string;
  cell(step: One): string;
}

interface StepTableProps<One> {
  steps: readonly One[];
  stepSeconds: number;
  columns: readonly StepColumn<One>[];
}

/** The figures of a chart, newest step first. */
export function StepTable<One extends { at: string }>({ steps, stepSeconds, columns }: StepTableProps<One>) {
  const zone = useZone();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a pane that scrolls has to be reachable by keyboard
    <section className="chart-table" tabIndex={0} aria-label="Figures as a table">
      <table>
        <thead>
          <tr>
            <th scope="col">Time</th>
            {columns.map(({ header }) => (
              <th key={header} scope="col">
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {steps.toReversed().map((step) => (
            <tr key={step.at}>
              <th scope="row">{spanText(step.at, stepSeconds, 1, zone)}</th>
              {columns.map(({ header, cell }) => (
                <td key={header}>{cell(step)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
