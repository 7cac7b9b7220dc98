import { formatLogQuery, formatLogTerm, type LogTerm } from '@nexomatic/contracts/log-query';
import { Link } from '@remix-run/react';
import { EmptyState } from '../components/empty-state.tsx';
import { defaultSince } from '../events/list-address.ts';
import { spanWords } from '../events/span-words.ts';
import { timeTerm } from '../events/time-range.tsx';
import { TimeText } from '../time/time-text.tsx';
import { type LogsAddress, logQueryOf, logsHref, logTimes, withLogTime } from './logs-address.ts';

interface NoRecordsProps {
  address: LogsAddress;
  /** When the newest record of the tenant was written; null if there is none. */
  latest: string | null;
  /** Why the hub could find nothing, where it knows. */
  hint: string | null;
}

/** What an empty list says: that nothing was ever written, or which filter emptied it and how to widen it. */
export function NoRecords({ address, latest, hint }: NoRecordsProps) {
  if (address.cursor !== '') return <EmptyState title="No older records" />;
  if (latest === null) return <NothingYet />;
  const query = logQueryOf(address.text);
  const times = logTimes(query);
  const others = query.terms.filter((term) => !times.includes(term));
  const wide = times.map(formatLogTerm).join(' ');
  const to = (terms: LogTerm[]): string => logsHref({ text: formatLogQuery({ terms }), live: address.live });
  return (
    <EmptyState title={`${titleOf(others)}${whenOf(wide)}`}>
      {hint === null ? null : <p>{hint}</p>}
      <p>
        The newest record of this tenant was written <TimeText at={latest} />.
      </p>
      <div className="flex flex-wrap justify-center gap-2">
        {wide === 'since:all' ? null : (
          <Link
            to={to(withLogTime(query, [timeTerm('since', wide === 'since:7d' ? 'all' : '7d')]).terms)}
            className="button"
          >
            {wide === 'since:7d' ? 'Look at any time' : 'Widen to 7 days'}
          </Link>
        )}
        {others.length > 1
          ? others.map((term) => (
              <Link key={formatLogTerm(term)} to={to(query.terms.filter((other) => other !== term))} className="button">
                Without <code>{formatLogTerm(term)}</code>
              </Link>
            ))
          : null}
        {others.length > 0 ? (
          <Link to={to(times)} className="button">
            Clear the filter
          </Link>
        ) : null}
      </div>
    </EmptyState>
  );
}

function titleOf([first, ...more]: LogTerm[]): string {
  if (!first) return 'No record';
  return more.length > 0 ? 'No record matches this filter' : `No record matches ${formatLogTerm(first)}`;
}

function whenOf(time: string): string {
  if (time === 'since:all') return '';
  const span = time === '' ? defaultSince : time.replace('since:', '');
  return time.startsWith('from:') || time.startsWith('to:')
    ? ' in this time range'
    : ` in the last ${spanWords[span] ?? span}`;
}

const NothingYet = () => (
  <EmptyState title="No logs yet">
    <p>
      What modules record and print stands here line by line, across all events, while they run. In Python,{' '}
      <code>ctx.log.info("Order placed", order=4711)</code> makes a record with fields; <code>print()</code> works too.
    </p>
    <Link to="../events" className="button">
      Go to the events
    </Link>
  </EmptyState>
);
