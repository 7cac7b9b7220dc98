import { useParams } from '@remix-run/react';
import { useEffect, useState } from 'react';
import type { KnownNames } from '../routes/event-names.ts';
import type { NamedKey } from './suggest.ts';

const none: KnownNames = { names: [], searchKeys: [] };

/** Typing goes on for a moment before the hub is asked. */
const restMs = 120;

/**
 * Names that the hub knows for a key, and the search keys of event types: asked for when the filter has the focus, and again
 * while a value is being written. Suggestions are no more than that: when they can't be had there are none.
 */
export function useNames(focused: boolean, key: NamedKey | null, typed: string): KnownNames {
  const { tenant = '' } = useParams();
  const [known, setKnown] = useState<{ key: NamedKey | null; names: string[] }>({ key: null, names: [] });
  const [searchKeys, setSearchKeys] = useState<string[]>([]);
  useEffect(() => {
    if (!focused) return;
    const ended = new AbortController();
    const query = new URLSearchParams({ of: key ?? 'type', search: key === null ? '' : typed });
    const timer = setTimeout(async () => {
      const found = await ask(`/t/${tenant}/event-names?${query}`, ended.signal);
      if (ended.signal.aborted) return;
      setKnown({ key, names: found.names });
      if (key === null) setSearchKeys(found.searchKeys);
    }, restMs);
    return () => {
      clearTimeout(timer);
      ended.abort();
    };
  }, [focused, key, key === null ? '' : typed, tenant]);
  return { names: known.key === key ? known.names : none.names, searchKeys };
}

/** Not a loader of the page: a failure here must not replace the list by an error. */
async function ask(url: string, signal: AbortSignal): Promise<KnownNames> {
  try {
    const answer = await fetch(url, { signal });
    return answer.ok ? ((await answer.json()) as KnownNames) : none;
  } catch {
    // Offline, or the question was taken back.
    return none;
  }
}
