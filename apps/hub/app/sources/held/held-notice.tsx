import type { Id } from '@nexomatic/contracts/id';
import type { BufferOverview } from '@nexomatic/contracts/request-api';
import { useParams } from '@remix-run/react';
import { useEffect, useState } from 'react';
import { Explain } from '../../components/explain.tsx';

/**
 * Says that the edge holds requests of a source. Asked for once the page is there: an edge that is away must not keep it
 * waiting. It is no data of the page, which would be asked for anew when the source was deleted.
 */
export function HeldNotice({ sourceId }: { sourceId: Id<'source'> }) {
  const { tenant = '' } = useParams();
  const [held, setHeld] = useState<BufferOverview['sources'][number]>();
  useEffect(() => {
    const leaving = new AbortController();
    fetch(`/api/v1/buffer?tenant=${encodeURIComponent(tenant)}`, { signal: leaving.signal })
      .then((response) => (response.ok ? (response.json() as Promise<BufferOverview>) : null))
      .then((overview) => setHeld(overview?.sources.find(({ source }) => source.id === sourceId)))
      // What can not be asked for is not said; the part “Held” says why.
      .catch(() => undefined);
    return () => leaving.abort();
  }, [tenant, sourceId]);
  const { waiting = 0, deadLetters = 0 } = held ?? {};
  if (waiting + deadLetters === 0) return null;
  const waits = waiting === 1 ? 'it' : 'them';
  return (
    <Explain warning={deadLetters > 0} fix={{ word: 'Show them', to: 'held' }}>
      {waiting > 0 ? `The edge holds ${requests(waiting)} until the hub can have ${waits}. ` : ''}
      {deadLetters > 0
        ? `${requests(deadLetters)} could not be delivered and ${deadLetters === 1 ? 'waits' : 'wait'} for somebody.`
        : ''}
    </Explain>
  );
}

const requests = (count: number): string => (count === 1 ? '1 request' : `${count} requests`);
