import { type EventQuery, formatEventQuery, formatTerm, type QueryTerm } from '@nexomatic/contracts/event-query';
import { Link } from '@remix-run/react';
import { X } from '../components/icons.ts';
import { dropTerm, rootsOnly } from './edit-query.ts';
import { type ListAddress, linkTo, timeTerms } from './list-address.ts';

interface FilterChipsProps {
  query: EventQuery;
  address: ListAddress;
  select: (place: { at: number; length: number }) => void;
}

/** The terms of the query one by one. Time and chain steps have controls of their own and are left out here. */
export function FilterChips({ query, address, select }: FilterChipsProps) {
  const times = timeTerms(query);
  const chips = query.terms.flatMap((term, index) =>
    times.includes(term) || formatTerm(term) === 'is:root' ? [] : [{ term, index }],
  );
  if (chips.length === 0) return null;
  const bare = { terms: rootsOnly(query) ? query.terms.filter((term) => formatTerm(term) === 'is:root') : [] };
  return (
    <ul className="chips" aria-label="Filters">
      {chips.map(({ term, index }) => {
        const text = formatTerm(term);
        const at = formatEventQuery({ terms: query.terms.slice(0, index) }).length;
        return (
          <li key={`${index} ${text}`} className={`chip ${chipLook(term)}`}>
            <button
              type="button"
              className="chip-text"
              title="Change it in the text"
              onClick={() => select({ at: at + Number(index > 0), length: text.length })}
            >
              {term.negated ? <strong>not </strong> : null}
              <span className="chip-key">{text.slice(Number(term.negated), text.indexOf(':'))}</span>{' '}
              {text.slice(text.indexOf(':') + 1)}
            </button>
            <Link
              to={linkTo(dropTerm(query, index), { view: address.view })}
              preventScrollReset
              className="chip-drop"
              aria-label={`Remove ${text}`}
            >
              <X size={12} aria-hidden="true" />
            </Link>
          </li>
        );
      })}
      <li>
        <Link to={linkTo(bare)} preventScrollReset className="button-quiet text-muted">
          Clear
        </Link>
      </li>
    </ul>
  );
}

/** A chip for one state has that state's colour. */
function chipLook({ key, negated, value }: QueryTerm): string {
  return key === 'state' && !negated && value.kind === 'text' ? `state-${value.text.toUpperCase()}` : '';
}
