import type { Presence, Uptime } from './uptime.ts';

/** What is low or in the middle is to be told from what is high without any colour. */
const shapes: Record<Presence, { y: number; height: number; word: string }> = {
  up: { y: 0, height: 24, word: 'online' },
  held: { y: 6, height: 18, word: 'paused or about to end' },
  unsteady: { y: 12, height: 12, word: 'coming and going' },
  down: { y: 20, height: 4, word: 'offline' },
};

/** The last day of a sink. Sizes are SVG attributes, because the page's policy forbids style attributes. */
export function UptimeStrip({ uptime: { stretches, up } }: { uptime: Uptime }) {
  if (up === null) return <p className="text-muted text-sm">Nothing is known of it yet.</p>;
  const seen = [...new Set(stretches.map(({ presence }) => presence))];
  return (
    <figure className="uptime">
      <svg viewBox="0 0 1000 24" preserveAspectRatio="none" aria-hidden="true">
        {stretches.map(({ presence, from, to }) => (
          <rect
            key={from}
            data-presence={presence}
            x={from * 1_000}
            width={Math.max(2, (to - from) * 1_000)}
            y={shapes[presence].y}
            height={shapes[presence].height}
          />
        ))}
      </svg>
      <figcaption>
        <span>
          Connected {percent(up)} of {stretches[0]?.from === 0 ? '' : 'what is known of '}the last 24 hours.
        </span>
        <span className="uptime-key">
          {seen.map((presence) => (
            <span key={presence} data-presence={presence}>
              {shapes[presence].word}
            </span>
          ))}
        </span>
      </figcaption>
    </figure>
  );
}

/** Never rounded up to all. */
const percent = (part: number): string => `${part === 1 ? 100 : Math.floor(part * 1_000) / 10} %`;
