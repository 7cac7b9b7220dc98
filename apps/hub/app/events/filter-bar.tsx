import { Form, Link, useNavigate } from '@remix-run/react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { ChevronDown, Search } from '../components/icons.ts';
import { StateIcon } from '../components/state-icon.tsx';
import { useKeys } from '../frame/keys.ts';
import { defaultRange, filterQuery, type ListFilter, type RangeName, ranges, stateNames } from './list-filter.ts';

/** State, type and time of the list. It only ever changes the address; the list follows. */
export function FilterBar({ filter, types }: { filter: ListFilter; types: string[] }) {
  const navigate = useNavigate();
  const go = (change: Partial<ListFilter>): void => {
    navigate(filterQuery(filter, change) || '.', { preventScrollReset: true });
  };
  const narrowed = filter.states.length > 0 || filter.type !== '' || filter.range !== defaultRange;

  return (
    <Form
      method="get"
      className="filters"
      onSubmit={(event) => submit(event, go)}
      role="search"
      aria-label="Filter the events"
    >
      <TypeField value={filter.type} types={types} />
      <fieldset className="chips">
        <legend className="sr-only">State</legend>
        {stateNames.map((state) => {
          const checked = filter.states.includes(state);
          const others = filter.states.filter((other) => other !== state);
          return (
            <label key={state} className={`chip state-${state}`}>
              <input
                type="checkbox"
                name="state"
                value={state.toLowerCase()}
                checked={checked}
                onChange={() =>
                  go({ states: checked ? others : stateNames.filter((s) => s === state || others.includes(s)) })
                }
                className="sr-only"
              />
              <StateIcon state={state} />
              {state.charAt(0) + state.slice(1).toLowerCase()}
            </label>
          );
        })}
      </fieldset>
      <RangeField filter={filter} go={go} />
      {narrowed ? (
        <Link to="." className="button-quiet text-muted" preventScrollReset>
          Clear
        </Link>
      ) : null}
    </Form>
  );
}

function submit(event: FormEvent<HTMLFormElement>, go: (change: Partial<ListFilter>) => void): void {
  event.preventDefault();
  const form = new FormData(event.currentTarget);
  const text = (name: string): string => String(form.get(name) ?? '');
  const bounds = { from: text('from'), to: text('to') };
  const custom = bounds.from || bounds.to ? ({ range: 'custom', ...bounds } as const) : {};
  go({ type: text('type').trim(), ...custom });
}

/** Takes a name on Enter. Escape first puts back what holds, then leaves the field. */
function TypeField({ value, types }: { value: string; types: string[] }) {
  const field = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState(value);
  useEffect(() => setDraft(value), [value]);
  useKeys({ '/': () => field.current?.select() });
  return (
    <label className="field">
      <Search size={14} aria-hidden="true" className="flex-none text-faint" />
      <span className="sr-only">Event type</span>
      <input
        ref={field}
        name="type"
        type="text"
        list="known-types"
        placeholder="Event type"
        autoComplete="off"
        spellCheck={false}
        maxLength={100}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          if (draft === value) event.currentTarget.blur();
          else setDraft(value);
        }}
      />
      <span className="key-cap" aria-hidden="true">
        /
      </span>
      <datalist id="known-types">
        {types.map((type) => (
          <option key={type} value={type} />
        ))}
      </datalist>
    </label>
  );
}

function RangeField({ filter, go }: { filter: ListFilter; go: (change: Partial<ListFilter>) => void }) {
  const [custom, setCustom] = useState(filter.range === 'custom');
  useEffect(() => setCustom(filter.range === 'custom'), [filter.range]);
  return (
    <>
      <label className="select">
        <span className="sr-only">Created within</span>
        <select
          name="range"
          value={custom ? 'custom' : filter.range}
          onChange={(event) => {
            const range = event.target.value as RangeName | 'custom';
            if (range === 'custom') setCustom(true);
            else go({ range, from: '', to: '' });
          }}
        >
          {Object.entries(ranges).map(([name, { word }]) => (
            <option key={name} value={name}>
              {name === 'all' ? word : `Last ${word}`}
            </option>
          ))}
          <option value="custom">Between…</option>
        </select>
        <ChevronDown size={14} aria-hidden="true" />
      </label>
      {custom ? (
        <span className="flex flex-wrap items-center gap-2">
          {(['from', 'to'] as const).map((name) => (
            <label key={name} className="field">
              <span className="text-muted text-xs">{name === 'from' ? 'From (UTC)' : 'to'}</span>
              <input type="datetime-local" name={name} defaultValue={filter[name]} key={filter[name]} />
            </label>
          ))}
          <button type="submit" className="button">
            Apply
          </button>
        </span>
      ) : null}
    </>
  );
}
