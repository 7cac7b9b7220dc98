import { formatAbsolute, formatRunning, instantMs } from './format-time.ts';
import { useTicking, useZone } from './now.ts';

/** How long it is until a time that lies ahead: "in 40 s", counting down; the exact time on hover and on focus. */
export function TimeLeft({ at }: { at: string }) {
  const zone = useZone();
  const ms = instantMs(at);
  const text = useTicking((now) => (ms <= now ? 'now' : `in ${formatRunning(ms - now)}`));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the exact time is there for the keyboard as well
    <time dateTime={at} className="time-text" tabIndex={0}>
      {text}
      <span className="time-exact">{formatAbsolute(ms, zone)}</span>
    </time>
  );
}
