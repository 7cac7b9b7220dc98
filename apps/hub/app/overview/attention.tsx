import type { Attention as Entry } from '@nexomatic/contracts/overview-api';
import { Explain } from '../components/explain.tsx';
import { objectPath } from '../frame/objects.ts';
import { TimeText } from '../time/time-text.tsx';
import { eventsHref } from './range-address.ts';

/** What will not go on without somebody; nothing at all when everything does. */
export function Attention({ entries, tenant }: { entries: readonly Entry[]; tenant: string }) {
  if (entries.length === 0) return null;
  return (
    <section className="card attention" aria-label="Needs attention">
      {entries.map((entry) => (
        <Explain key={`${entry.code} ${entry.about.id}`} warning {...fixOf(entry, tenant)}>
          {entry.sentence}
          {entry.since === null ? null : (
            <>
              {' '}
              It was last heard of <TimeText at={entry.since} />.
            </>
          )}
        </Explain>
      ))}
    </section>
  );
}

function fixOf({ code, about }: Entry, tenant: string): { fix?: { word: string; to: string } } {
  if (code === 'no_sink_online')
    return { fix: { word: 'See what waits', to: eventsHref(tenant, 'state:queued since:all') } };
  const to = objectPath(tenant, about.id);
  return to === null ? {} : { fix: { word: 'Look at the sink', to } };
}
