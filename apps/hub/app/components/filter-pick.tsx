import { useNavigate, useSearchParams } from '@remix-run/react';
import { ChevronDown } from './icons.ts';
import { searchHref } from './search-field.tsx';

interface FilterPickProps {
  /** Name in the address. */
  name: string;
  label: string;
  /** What the list shows without a choice: "Every status". */
  all: string;
  options: readonly (readonly [value: string, word: string])[];
}

/** Narrows or orders a list by one of a few; the choice stands in the address, and the list begins at its first page again. */
export function FilterPick({ name, label, all, options }: FilterPickProps) {
  const [search] = useSearchParams();
  const navigate = useNavigate();
  return (
    <label className="select">
      <span className="sr-only">{label}</span>
      <select
        value={search.get(name) ?? ''}
        onChange={(event) => navigate(searchHref(search, name, event.target.value), { preventScrollReset: true })}
      >
        <option value="">{all}</option>
        {options.map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </select>
      <ChevronDown size={14} aria-hidden="true" />
    </label>
  );
}
