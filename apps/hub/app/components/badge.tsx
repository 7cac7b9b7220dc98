import type { ReactNode } from 'react';

type Tone = 'neutral' | 'good' | 'warning' | 'bad' | 'info';

/** A word about a thing that is no state of an event: "disabled", "owner", "new". The word says it, the colour only helps. */
export function Badge({ tone = 'neutral', icon, children }: { tone?: Tone; icon?: ReactNode; children: ReactNode }) {
  return (
    <span className="badge" data-tone={tone}>
      {icon}
      {children}
    </span>
  );
}
