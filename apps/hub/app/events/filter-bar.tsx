import { parseEventQuery } from '@nexomatic/contracts/event-query';
import type { QueryFault } from '@nexomatic/contracts/event-query-value';
import { Form, useNavigate } from '@remix-run/react';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { rootsOnly, showSteps } from './edit-query.ts';
import { FilterChips } from './filter-chips.tsx';
import { FilterFaults } from './filter-faults.tsx';
import { FilterText } from './filter-text.tsx';
import { type ListAddress, linkTo, queryOf, timeTerms, withTime } from './list-address.ts';
import { eventGrammar } from './suggest.ts';
import { TimeRange } from './time-range.tsx';

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
  const field = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState(text);
  const [faults, setFaults] = useState<QueryFault[]>(() => faultsOf(text));
  // Ahead of the address while the list loads, so that a switch shows at once what it was set to.
  const [steps, setSteps] = useState(() => !rootsOnly(query));
  useEffect(() => {
    setDraft(text);
    setFaults(faultsOf(text));
    setSteps(!rootsOnly(queryOf(text)));
  }, [text]);

  const go = (to: typeof query): void => navigate(linkTo(to, { view }), { preventScrollReset: true });

  function apply(event: FormEvent): void {
    event.preventDefault();
    const parsed = parseEventQuery(draft);
    setFaults(parsed.ok ? [] : parsed.faults);
    if (!parsed.ok) {
      select(parsed.faults[0]);
      return;
    }
    go(withTime(parsed.query, timeTerms(parsed.query)));
    // Now the keys are the list's.
    field.current?.blur();
  }

  /** Puts the caret where something is wrong, or where a chip's term stands. */
  function select(place: { at: number; length: number } | undefined): void {
    if (!place) return;
    field.current?.focus();
    field.current?.setSelectionRange(place.at, place.at + place.length);
  }

  return (
    <Form method="get" className="filters" onSubmit={apply} role="search" aria-label="Filter the events">
      <FilterText
        grammar={eventGrammar}
        field={field}
        draft={draft}
        faulty={faults.length > 0}
        onDraft={(next) => {
          setDraft(next);
          setFaults([]);
        }}
        onReset={() => {
          setDraft(text);
          setFaults(faultsOf(text));
        }}
        changed={draft !== text}
      />
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

function faultsOf(text: string): QueryFault[] {
  const parsed = parseEventQuery(text);
  return parsed.ok ? [] : parsed.faults;
}
