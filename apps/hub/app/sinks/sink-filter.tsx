import { type SinkStatus, sinkStatuses } from '@nexomatic/contracts/sink-api';
import { useNavigate, useSearchParams } from '@remix-run/react';
import { ChevronDown } from '../components/icons.ts';
import { SearchField, searchHref } from '../components/search-field.tsx';
import { statusWord } from './sink-status.tsx';

/** Narrows the list of sinks by name, type and status; each stands in the address. */
export function SinkFilter({ types }: { types: readonly string[] }) {
  return (
    <div className="filters">
      <SearchField label="Search sinks by name" />
      <Pick name="type" label="Type" all="Every type" options={types.map((type) => [type, type])} />
      <Pick
        name="status"
        label="Status"
        all="Every status"
        options={sinkStatuses.map((status: SinkStatus) => [status, statusWord(status)])}
      />
    </div>
  );
}

function Pick(props: { name: string; label: string; all: string; options: [value: string, word: string][] }) {
  const { name, label, all, options } = props;
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
