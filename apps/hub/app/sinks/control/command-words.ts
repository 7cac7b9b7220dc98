import type { SignalKind, SinkCommand } from '@nexomatic/contracts/signal-api';

/** What each signal is called. */
export const signalWords: Record<SignalKind, string> = {
  pause: 'Pause',
  resume: 'Resume',
  drain: 'Drain',
  reset: 'Reset',
  kill: 'Kill',
  force_kill: 'Force-kill',
  cancel_attempt: 'Stop an event',
};

interface CommandWords {
  help: string;
  /** What is to be thought of before; null where nothing is lost and everything can be taken back. */
  warning: string | null;
}

export const commandWords: Record<SinkCommand, CommandWords> = {
  pause: {
    help: 'It takes no more work until it is resumed, also after a restart. What runs goes on.',
    warning: null,
  },
  resume: { help: 'It takes work again, and does not end or reset if that was asked and is not done.', warning: null },
  reset: {
    help: 'It takes no more work, finishes what runs, and connects anew in the same process.',
    warning: null,
  },
  drain: {
    help: 'It takes no more work, finishes what runs, and ends.',
    warning:
      'Its agent ends once nothing runs any more. Only somebody at its machine, or its service manager at the next boot, can start it again.',
  },
  kill: {
    help: 'As drain, and its service manager is told to leave it ended.',
    warning:
      'Its agent finishes what runs and stays ended: no service manager starts it again. Somebody has to start it at its machine.',
  },
  force_kill: {
    help: 'It breaks off what runs and ends. Nothing waits.',
    warning:
      'Its modules are broken off: they get ten seconds, then every process of theirs is killed. Their events go back to the queue where they may run twice, else they end as ERROR. The agent stays ended until somebody starts it at its machine.',
  },
};
