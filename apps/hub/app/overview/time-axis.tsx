import { useZone } from '../time/now.ts';
import { stepText } from './step-time.ts';

interface TimeAxisProps {
  steps: readonly { at: string }[];
  stepSeconds: number;
  /** What stands at its end. */
  end?: string;
}

/** Beginning, middle and end of the range, below a chart. */
export function TimeAxis({ steps, stepSeconds, end = 'now' }: TimeAxisProps) {
  const zone = useZone();
  const marks = [steps[0], steps[Math.floor(steps.length / 2)]];
  return (
    <div className="time-axis" aria-hidden="true">
      {marks.map((step, i) => (
        <span key={i}>{step ? stepText(step.at, stepSeconds, zone) : null}</span>
      ))}
      <span>{end}</span>
    </div>
  );
}
