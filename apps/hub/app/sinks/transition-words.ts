import type { SinkTransitionShown, TransitionCause } from '@nexomatic/contracts/sink-transition-api';

const once: Record<TransitionCause, string> = {
  connected: 'Connected',
  silent: 'Went silent',
  stopped: 'Stopped',
  revoked: 'Its credential was revoked',
  paused: 'Paused',
  resumed: 'Resumed',
  draining: 'Began to drain',
  resetting: 'Began to reset',
  killing: 'Began to end',
  force_killing: 'Was ended at once',
};

/** What happened to a sink, in words. */
export function transitionWords({ cause, times }: Pick<SinkTransitionShown, 'cause' | 'times'>): string {
  if (times === 1) return once[cause];
  return cause === 'silent' ? `Went silent ${times} times` : `Connected ${times} times: it came and went`;
}
