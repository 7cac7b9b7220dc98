import type { Occurrence } from '@nexomatic/contracts/schedule-occurrence';
import { Sparkline } from '../../components/sparkline.tsx';
import { formatDuration } from '../../time/format-time.ts';
import { firedAfter, median } from './lateness.ts';

/** How far planned and actual times are apart. */
export function LatenessText({ runs, jitterSeconds }: { runs: readonly Occurrence[]; jitterSeconds: number }) {
  const values = firedAfter(runs);
  const middle = median(values);
  if (middle === null) return <span className="text-faint">no run by the clock yet</span>;
  return (
    <span className="inline-flex flex-wrap items-center gap-x-3">
      <Sparkline values={values} label="Milliseconds from planned to fired" />
      <span>
        median {formatDuration(middle)}, at most {formatDuration(Math.max(...values))}
        {jitterSeconds > 0 ? ` (spread over ${formatDuration(jitterSeconds * 1000)})` : ''}
      </span>
    </span>
  );
}
