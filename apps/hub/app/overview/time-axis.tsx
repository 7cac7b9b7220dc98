import { useZone } from '../time/now.ts';
import type { Step } from './step-table.tsx';
import { stepText } from './step-time.ts';

/** Beginning, middle and end of the range, below a chart. */
export function TimeAxis({ steps, stepSeconds }: { steps: readonly Step[]; stepSeconds: number }) {
  const zone = useZone();
  const marks = [steps[0], steps[Math.floor(steps.length / 2)]].flatMap((step) =>
    step ? [stepText(step.at, stepSeconds, zone)] : [],
  );
  return (
    <div className="time-axis" aria-hidden="true">
      {marks.map((mark) => (
        <span key={mark}>{mark}</span>
      ))}
      <span>now</span>
    </div>
  );
}
