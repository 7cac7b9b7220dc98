import { formatTerm } from '@nexomatic/contracts/event-query';
import { Link } from '@remix-run/react';
import { CopyButton } from '../components/copy-button.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { useMay } from '../frame/use-may.ts';
import { TimeText } from '../time/time-text.tsx';
import { dropTerm } from './edit-query.ts';
import { defaultSince, type ListAddress, linkTo, queryOf, sinceTerm, timeTerms, withTime } from './list-address.ts';
import { spanWords } from './span-words.ts';

interface NoEventsProps {
  address: ListAddress;
  /** When the newest event of the tenant came; null if none ever did. */
  latest: string | null;
  /** Why the hub could find nothing, where it knows. */
  hint: string | null;
  edgeUrl: string;
}

/** What an empty list says: that nothing ever came, or which filter emptied it and how to widen it. */
export function NoEvents({ address, latest, hint, edgeUrl }: NoEventsProps) {
  if (latest === null) return <FirstEvent edgeUrl={edgeUrl} />;
  if (address.cursor !== '') return <EmptyState title="No older events" />;
  const query = queryOf(address.text);
  const time = timeTerms(query);
  const others = query.terms.flatMap((term, index) => (time.includes(term) ? [] : [{ term, index }]));
  const wide = time.map(formatTerm).join(' ');
  return (
    <EmptyState title={`No event${others.length > 0 ? ' matches this filter' : ''}${whenOf(wide)}`}>
      {hint === null ? null : <p>{hint}</p>}
      <p>
        The newest event of this tenant came <TimeText at={latest} />.
      </p>
      <div className="flex flex-wrap justify-center gap-2">
        {wide === 'since:all' ? null : (
          <Link
            to={linkTo(withTime(query, [sinceTerm(wide === 'since:7d' ? 'all' : '7d')]), address)}
            className="button"
          >
            {wide === 'since:7d' ? 'Look at any time' : 'Widen to 7 days'}
          </Link>
        )}
        {others.length > 1
          ? others.map(({ term, index }) => (
              <Link key={index} to={linkTo(dropTerm(query, index), address)} className="button">
                Without <code>{formatTerm(term)}</code>
              </Link>
            ))
          : null}
        {others.length > 0 ? (
          <Link to={linkTo({ terms: time })} className="button">
            Clear the filter
          </Link>
        ) : null}
      </div>
    </EmptyState>
  );
}

function whenOf(time: string): string {
  if (time === 'since:all') return '';
  const span = time === '' ? defaultSince : time.replace('since:', '');
  return time.startsWith('from:') || time.startsWith('to:')
    ? ' in this time range'
    : ` in the last ${spanWords[span] ?? span}`;
}

/** Nothing ever came: the two ways to make something come. */
function FirstEvent({ edgeUrl }: { edgeUrl: string }) {
  const recipe = `curl -d '{"name":"Ada"}' ${edgeUrl}/h/YOUR-SOURCE-KEY`;
  const mayFire = useMay()('events.fire');
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
      {mayFire ? (
        <Link to="new" className="button-primary">
          Fire an event by hand
        </Link>
      ) : null}
    </EmptyState>
  );
}
