import { type LiveStatus, useLiveStatus } from './live-status.ts';

const looks: Record<LiveStatus, { word: string; title: string }> = {
  connecting: { word: 'Connecting', title: 'Opening the stream of changes' },
  live: { word: 'Live', title: 'Changes appear by themselves, at once' },
  polling: { word: 'Polling', title: 'The stream is interrupted; the page asks every 10 seconds instead' },
  offline: { word: 'Offline', title: 'The hub does not answer; what you see may be old' },
};

/** Whether the page keeps itself up to date, by shape, word and colour. */
export function LiveDot() {
  const status = useLiveStatus();
  const { word, title } = looks[status];
  return (
    <span className="live" data-live={status} title={title} role="status">
      <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
        <circle
          cx="5"
          cy="5"
          r="3.5"
          fill={status === 'live' ? 'currentColor' : 'none'}
          stroke="currentColor"
          strokeWidth="1.5"
        />
        {status === 'offline' ? <path d="m1.5 1.5 7 7" stroke="currentColor" strokeWidth="1.5" /> : null}
      </svg>
      {word}
    </span>
  );
}
