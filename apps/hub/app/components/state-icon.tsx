import type { EventState } from '@nexomatic/contracts/event-state';

/** A shape of its own for each state, so that none is told by colour alone. */
export function StateIcon({ state }: { state: EventState }) {
  return (
    <svg viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.6" aria-hidden="true">
      {shapes[state]}
    </svg>
  );
}

const shapes: Record<EventState, React.ReactNode> = {
  QUEUED: <circle cx="8" cy="8" r="6" strokeDasharray="0.01 3.13" strokeWidth="2" strokeLinecap="round" />,
  RUNNING: (
    <g className="state-icon-spin">
      <circle cx="8" cy="8" r="6" />
      <path d="M8 2a6 6 0 0 1 0 12Z" fill="currentColor" stroke="none" />
    </g>
  ),
  SUCCESS: <path d="m2.8 8.6 3.4 3.5 7-8" strokeWidth="2.2" strokeLinecap="round" strokeLinejoin="round" />,
  WARNING: (
    <g strokeLinejoin="round" strokeLinecap="round">
      <path d="M8 2.2 14.4 13.4H1.6Z" />
      <path d="M8 6.4v3.2M8 11.6v.01" />
    </g>
  ),
  ERROR: (
    <g strokeLinejoin="round" strokeLinecap="round">
      <path d="M5.4 1.8h5.2l3.6 3.6v5.2l-3.6 3.6H5.4l-3.6-3.6V5.4Z" />
      <path d="m6 6 4 4m0-4-4 4" />
    </g>
  ),
};
