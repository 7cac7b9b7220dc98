import { parseEventQuery } from '@nexomatic/contracts/event-query';
import { Form, useNavigate } from '@remix-run/react';
import { type ReactNode, useEffect, useState } from 'react';
import { rootsOnly, showSteps } from './edit-query.ts';
import { FilterChips } from './filter-chips.tsx';
import { FilterFaults } from './filter-faults.tsx';
import { FilterText } from './filter-text.tsx';
import { type ListAddress, linkTo, queryOf, timeTerms, withTime } from './list-address.ts';
import { eventGrammar } from './suggest.ts';
import { TimeRange } from './time-range.tsx';
import { useQueryDraft } from './use-query-draft.ts';

interface FilterBarProps {
  address: ListAddress;
  /** What the hub says of a query that it can't answer, for example a path that no event type declares. */
  refusal: string | null;
  /** What stands at the end of the bar. */
  children?: ReactNode;
}

/** The query of the list as text, as chips and as a range of time: three views of the address, which is all it changes. */
export function FilterBar({ address, refusal, children }: FilterBarProps) {
  const navigate = useNavigate();
  const { text, view } = address;
  const query = queryOf(text);
  // Ahead of the address while the list loads, so that a switch shows at once what it was set to.
  const [steps, setSteps] = useState(() => !rootsOnly(query));
  useEffect(() => setSteps(!rootsOnly(queryOf(text))), [text]);

  const go = (to: typeof query): void => navigate(linkTo(to, { view }), { preventScrollReset: true });

  const { draft, faults, select, apply, input } = useQueryDraft({
    text,
    parse: parseEventQuery,
    onApply: (typed) => go(withTime(typed, timeTerms(typed))),
  });

  return (
    <Form method="get" className="filters" onSubmit={apply} role="search" aria-label="Filter the events">
      <FilterText grammar={eventGrammar} {...input} />
      <TimeRange times={timeTerms(query)} go={(times) => go(withTime(query, times))} done="Created" />
      <label className="filter-switch">
        <input
          type="checkbox"
          className="switch-input"
          checked={steps}
          onChange={(event) => {
            setSteps(event.target.checked);
            go(showSteps(query, event.target.checked));
          }}
        />
        Chain steps
      </label>
      {children}
      <FilterFaults text={draft} faults={faults} refusal={refusal} select={select} />
      <FilterChips query={query} address={address} select={select} />
    </Form>
  );
}
