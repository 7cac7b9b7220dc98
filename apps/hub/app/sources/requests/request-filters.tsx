import { Link, useNavigate } from '@remix-run/react';
import { ChevronDown } from '../../components/icons.ts';
import { type RequestQuery, requestFilters, requestsHref } from './request-query.ts';
import { causeWords, offeredCauses } from './request-words.ts';

const words = { accepted: 'Accepted', filtered: 'Filtered', refused: 'Refused', duplicate: 'Repeated' };

/** What narrows the requests of a source down; the address holds it. */
export function RequestFilters({ query, children }: { query: RequestQuery; children: React.ReactNode }) {
  const navigate = useNavigate();
  const { outcome, cause } = query;
  const causes = cause && !offeredCauses.includes(cause) ? [cause, ...offeredCauses] : offeredCauses;
  return (
    <div className="filters">
      <nav className="segments" aria-label="Requests by what became of them">
        <Link to="." aria-current={outcome ? undefined : 'true'} preventScrollReset>
          All
        </Link>
        {requestFilters.map((one) => (
          <Link
            key={one}
            to={requestsHref({ outcome: one })}
            aria-current={one === outcome ? 'true' : undefined}
            preventScrollReset
          >
            {words[one]}
          </Link>
        ))}
      </nav>
      {outcome === 'refused' || cause ? (
        <label className="select">
          <span className="sr-only">Cause</span>
          <select
            value={cause ?? ''}
            onChange={(event) =>
              navigate(requestsHref({ ...query, cause: event.target.value }), { preventScrollReset: true })
            }
          >
            <option value="">Whatever the cause</option>
            {causes.map((one) => (
              <option key={one} value={one}>
                {causeWords(one)}
              </option>
            ))}
          </select>
          <ChevronDown size={14} aria-hidden="true" />
        </label>
      ) : null}
      {children}
    </div>
  );
}
