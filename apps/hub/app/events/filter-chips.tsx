import { type EventQuery, formatEventQuery, formatTerm, type QueryTerm } from '@nexomatic/contracts/event-query';
import { dropTerm, rootsOnly } from './edit-query.ts';
import { type ListAddress, linkTo, timeTerms } from './list-address.ts';
import { QueryChips } from './query-chips.tsx';

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
  const bare = { terms: rootsOnly(query) ? query.terms.filter((term) => formatTerm(term) === 'is:root') : [] };
  return (
    <QueryChips
      chips={chips.map(({ term, index }) => ({
        text: formatTerm(term),
        at: formatEventQuery({ terms: query.terms.slice(0, index) }).length + Number(index > 0),
        negated: term.negated,
        look: chipLook(term),
        dropTo: linkTo(dropTerm(query, index), { view: address.view }),
      }))}
      clearTo={linkTo(bare)}
      select={select}
    />
  );
}

/** A chip for one state has that state's colour. */
function chipLook({ key, negated, value }: QueryTerm): string {
  return key === 'state' && !negated && value.kind === 'text' ? `state-${value.text.toUpperCase()}` : '';
}
