import { formatAbsolute, formatRelative, instantMs } from './format-time.ts';
import { useTicking, useZone } from './now.ts';

/**
 * A time in words ("2 min ago") that shows the exact time when pointed at or focused. Inside a list row the row's own
 * link takes the focus and reveals it (`focusable={false}`), so that a list isn't a hundred tab stops long.
 */
export function TimeText({ at, focusable = true }: { at: string; focusable?: boolean }) {
  const zone = useZone();
  const ms = instantMs(at);
  const relative = useTicking((now) => formatRelative(ms, now, zone));
  return (
    <time dateTime={at} className="time-text" tabIndex={focusable ? 0 : undefined}>
      {relative}
      <span className="time-exact">{formatAbsolute(ms, zone)}</span>
    </time>
  );
}
