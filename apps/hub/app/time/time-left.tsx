import { formatAbsolute, formatRunning, instantMs } from './format-time.ts';
import { useTicking, useZone } from './now.ts';

/** How long it is until a time that lies ahead: "in 40 s", counting down; the exact time on hover and, if it can have it, on focus. */
export function TimeLeft({ at, focusable = true }: { at: string; focusable?: boolean }) {
  const zone = useZone();
  const ms = instantMs(at);
  const text = useTicking((now) => (ms <= now ? 'now' : `in ${formatRunning(ms - now)}`));
  return (
    <time dateTime={at} className="time-text" tabIndex={focusable ? 0 : undefined}>
      {text}
      <span className="time-exact">{formatAbsolute(ms, zone)}</span>
    </time>
  );
}
