import type { Id } from '@nexomatic/contracts/id';
import { useNavigate, useParams, useSearchParams } from '@remix-run/react';
import { useEffect } from 'react';
import { Radio } from '../../components/icons.ts';
import { createBrowserClient } from '../../live/browser-client.ts';

/** Waits for the next request to a source and opens it. The address says that it waits, so that a reload goes on. */
export function Listen({ sourceId }: { sourceId: Id<'source'> }) {
  const { tenant = '' } = useParams();
  const [query, setQuery] = useSearchParams();
  const navigate = useNavigate();
  const listening = query.has('listen');
  useEffect(() => {
    if (!listening) return;
    const subscription = createBrowserClient(tenant).requests.listen.subscribe(
      { source: sourceId },
      { onData: ({ id }) => navigate(`?request=${id}`, { preventScrollReset: true, replace: true }) },
    );
    return () => subscription.unsubscribe();
  }, [listening, tenant, sourceId, navigate]);
  return (
    <>
      <button
        type="button"
        className="button ml-auto"
        aria-pressed={listening}
        onClick={() => setQuery(listening ? {} : { listen: '' }, { preventScrollReset: true })}
      >
        <Radio size={14} aria-hidden="true" className={listening ? 'listen-icon' : undefined} />
        {listening ? 'Stop listening' : 'Listen'}
      </button>
      <p className="listen-word" role="status">
        {listening ? 'Waiting for the next request. It is opened here as soon as it comes.' : ''}
      </p>
    </>
  );
}
