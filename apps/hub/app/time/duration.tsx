import { formatDuration, formatRunning, instantMs } from './format-time.ts';
import { useTicking } from './now.ts';

/** How long something took, or, without an end, how long it has been going on: that text counts up by itself. */
export function Duration({ from, to }: { from: string; to: string | null }) {
  const start = instantMs(from);
  const end = to === null ? null : instantMs(to);
  const text = useTicking(
    (now) => (end === null ? formatRunning(now - start) : formatDuration(end - start)),
    end === null,
  );
  return <span className="tabular-nums">{text}</span>;
}
