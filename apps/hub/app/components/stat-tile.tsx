import type { ReactNode } from 'react';
import { ArrowDown, ArrowUp } from './icons.ts';

interface StatTileProps {
  label: string;
  value: ReactNode;
  /** How it differs from the time before, and whether that is good. */
  delta?: { text: string; rising: boolean; good: boolean | null };
  /** Usually a `Sparkline`. */
  chart?: ReactNode;
  /** Below everything: from when to when, a link to the events. */
  note?: ReactNode;
}

/** One figure that matters, what it was before, and how it went. */
export function StatTile({ label, value, delta, chart, note }: StatTileProps) {
  const Arrow = delta?.rising ? ArrowUp : ArrowDown;
  return (
    <div className="stat card">
      <div className="stat-head">
        <span className="stat-label">{label}</span>
        {chart}
      </div>
      <div className="stat-row">
        <span className="stat-value">{value}</span>
        {delta ? (
          <span className="stat-delta" data-good={delta.good ?? undefined}>
            <Arrow size={12} aria-hidden="true" />
            <span className="sr-only">{delta.rising ? 'up' : 'down'} </span>
            {delta.text}
          </span>
        ) : null}
      </div>
      {note ? <div className="stat-note">{note}</div> : null}
    </div>
  );
}
