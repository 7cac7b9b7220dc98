import { createBrowserClient } from './browser-client.ts';
import { isHubReady } from './is-hub-ready.ts';
import { setLiveStatus } from './live-status.ts';

/** Ids of the events that changed, or `unknown` when some may have been missed. */
export type Changes = string[] | 'unknown';

/** A stream that isn't back by then is replaced by asking now and then. */
const patienceMs = 4_000;
const pollMs = 10_000;

/**
 * Listens for changes of a tenant's events while the page is looked at: over a stream of server-sent events, or, while that
 * is down, by asking every ten seconds. Returns the function that ends it.
 */
export function followChanges(tenant: string, onChange: (changes: Changes) => void): () => void {
  let stopStream: (() => void) | undefined;
  let poll: ReturnType<typeof setTimeout> | undefined;
  let wasConnected = false;

  function connected(): void {
    clearTimeout(poll);
    poll = undefined;
    setLiveStatus('live');
    // Whatever happened between the page's rendering, or the last stream, and this one is not in the stream.
    onChange('unknown');
    wasConnected = true;
  }

  function interrupted(): void {
    poll ??= setTimeout(ask, wasConnected ? patienceMs : patienceMs / 2);
  }

  async function ask(): Promise<void> {
    // Refreshing against a hub that is down would trade a readable page for an error, so knock first.
    const reachable = await isHubReady();
    if (poll === undefined) return;
    setLiveStatus(reachable ? 'polling' : 'offline');
    if (reachable) onChange('unknown');
    poll = setTimeout(ask, pollMs);
  }

  function start(): void {
    if (stopStream) return;
    const subscription = createBrowserClient(tenant).events.changes.subscribe(undefined, {
      onData: ({ eventIds }) => onChange(eventIds),
      onConnectionStateChange: ({ state }) => {
        if (state === 'pending') connected();
        else interrupted();
      },
      // The server refused or ended the stream for good; a new one is opened when the page is next looked at.
      onError: interrupted,
    });
    stopStream = () => subscription.unsubscribe();
  }

  function stop(): void {
    stopStream?.();
    stopStream = undefined;
    clearTimeout(poll);
    poll = undefined;
  }

  // Hidden tabs hold no connection: browsers allow six to a host, and people keep many tabs.
  function looked(): void {
    if (document.visibilityState === 'hidden') stop();
    else start();
  }

  document.addEventListener('visibilitychange', looked);
  looked();
  return () => {
    document.removeEventListener('visibilitychange', looked);
    stop();
  };
}
