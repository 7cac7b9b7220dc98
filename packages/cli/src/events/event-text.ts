import type { EventSummary } from '@nexomatic/client/nexomatic';
import { plainText } from '@nexomatic/contracts/terminal-text';
import { type Colour, paint } from '../hub/paint.ts';

/** What stands before each state: told by its form too, not by its colour alone. */
export const stateSigns = { QUEUED: '▶', RUNNING: '●', SUCCESS: '✓', WARNING: '▲', ERROR: '✗' } as const;
const colours = { QUEUED: 'dim', RUNNING: 'blue', SUCCESS: 'green', WARNING: 'yellow', ERROR: 'red' } as const;

export const stateText = (state: EventSummary['state']): string =>
  paint(colours[state] satisfies Colour, `${stateSigns[state]} ${state}`);

/** How long it ran, where it is known. */
export function tookText({ startedAt, finishedAt }: Pick<EventSummary, 'startedAt' | 'finishedAt'>): string {
  if (startedAt === null || finishedAt === null) return '-';
  return `${((Date.parse(finishedAt) - Date.parse(startedAt)) / 1_000).toFixed(1)} s`;
}

/** Why it is in its state, in a line. */
export const whyText = ({ reason, message }: Pick<EventSummary, 'reason' | 'message'>): string =>
  [reason, message === null ? null : plainText(message).replaceAll('\n', ' ').slice(0, 200)]
    .filter(Boolean)
    .join(': ') || '-';
