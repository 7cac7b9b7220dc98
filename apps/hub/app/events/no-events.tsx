import { Link } from '@remix-run/react';
import { CopyButton } from '../components/copy-button.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { TimeText } from '../time/time-text.tsx';
import { filterQuery, isNarrowed, type ListFilter, ranges } from './list-filter.ts';

/** What an empty list says: that nothing ever came, or which part of the filter emptied it and how to widen it. */
export function NoEvents({ filter, latest, edgeUrl }: { filter: ListFilter; latest: string | null; edgeUrl: string }) {
  if (latest === null) return <FirstEvent edgeUrl={edgeUrl} />;
  if (filter.cursor !== '') return <EmptyState title="No older events" />;
  return (
    <EmptyState title={sentence(filter)}>
      <p>
        The newest event of this tenant came <TimeText at={latest} />.
      </p>
      <div className="flex flex-wrap justify-center gap-2">
        {filter.range === 'all' ? null : (
          <Link
            to={filterQuery(filter, { range: filter.range === '7d' ? 'all' : '7d', from: '', to: '' })}
            className="button"
          >
            {filter.range === '7d' ? 'Look at any time' : 'Widen to 7 days'}
          </Link>
        )}
        {isNarrowed(filter) ? (
          <Link to="?range=all" className="button">
            Show every event
          </Link>
        ) : null}
      </div>
    </EmptyState>
  );
}

/** Says which filter emptied the list: "No ERROR events of type deploy.app in the last 24 hours". */
function sentence({ states, type, range }: ListFilter): string {
  const what = states.length > 0 ? `${states.join(' or ')} events` : 'events';
  const when = range === 'custom' ? ' in this time range' : range === 'all' ? '' : ` in the last ${ranges[range].word}`;
  return `No ${what}${type ? ` of type ${type}` : ''}${when}`;
}

function FirstEvent({ edgeUrl }: { edgeUrl: string }) {
  const recipe = `curl -d '{"name":"Ada"}' ${edgeUrl}/h/YOUR-SOURCE-KEY`;
  return (
    <EmptyState title="No events yet">
      <p>Send a webhook to one of this tenant’s sources. It appears here by itself, the moment it is accepted.</p>
      <div className="recipe">
        <pre>{recipe}</pre>
        <CopyButton text={recipe} label="Copy the curl command" />
      </div>
      <p className="text-sm">
        A source’s key is shown once, when it is made. <code>npm start</code> prints the whole command for the demo’s
        source.
      </p>
    </EmptyState>
  );
}
