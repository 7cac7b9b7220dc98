import { auditObjectKinds } from '@nexomatic/contracts/audit-api';
import { Form, Link, useSubmit } from '@remix-run/react';
import { ChevronDown, X } from '../components/icons.ts';
import { type AuditQuery, auditHref } from './audit-query.ts';
import { auditKindWords, changeWords } from './audit-words.ts';

interface AuditFiltersProps {
  query: AuditQuery;
  /** What those that are filtered by are called, where the page knows it. */
  names: { actor?: string | undefined; object?: string | undefined };
}

/** What narrows the log down. Who and which are chosen by clicking them in the list; they stand here as chips. */
export function AuditFilters({ query, names }: AuditFiltersProps) {
  const submit = useSubmit();
  const { actor, action, kind, object, from, to } = query;
  return (
    <Form
      method="get"
      role="search"
      aria-label="Filter the log"
      className="filters"
      // The address says it all, so that every part starts anew with it.
      key={JSON.stringify(query)}
      onChange={(event) => submit(withoutEmpty(event.currentTarget), { preventScrollReset: true })}
    >
      {actor ? <input type="hidden" name="actor" value={actor} /> : null}
      {object ? <input type="hidden" name="object" value={object} /> : null}
      {action ? <input type="hidden" name="action" value={action} /> : null}
      <label className="select">
        <span className="sr-only">Kind of object</span>
        <select name="kind" defaultValue={kind ?? ''}>
          <option value="">Everything</option>
          {auditObjectKinds.map((one) => (
            <option key={one} value={one}>
              {auditKindWords[one]}
            </option>
          ))}
        </select>
        <ChevronDown size={14} aria-hidden="true" />
      </label>
      <label className="field">
        <span className="text-faint">from</span>
        <input type="date" name="from" defaultValue={from} />
      </label>
      <label className="field">
        <span className="text-faint">to</span>
        <input type="date" name="to" defaultValue={to} />
      </label>
      <noscript>
        <button type="submit" className="button">
          Filter
        </button>
      </noscript>
      {actor ? <FilterChip word={`by ${names.actor ?? actor}`} to={auditHref(query, { actor: '' })} /> : null}
      {object ? <FilterChip word={`of ${names.object ?? object}`} to={auditHref(query, { object: '' })} /> : null}
      {action ? <FilterChip word={changeWords(action)} to={auditHref(query, { action: '' })} /> : null}
      {Object.keys(query).length > 0 ? (
        <Link to="." className="button-quiet">
          Clear
        </Link>
      ) : null}
    </Form>
  );
}

const FilterChip = ({ word, to }: { word: string; to: string }) => (
  <Link to={to} className="button" preventScrollReset aria-label={`No longer only ${word}`}>
    {word}
    <X size={12} aria-hidden="true" />
  </Link>
);

/** What says nothing doesn't stand in the address. */
function withoutEmpty(form: HTMLFormElement): FormData {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value === '') data.delete(name);
  return data;
}
