import { type SinkStatus, sinkStatuses } from '@nexomatic/contracts/sink-api';
import { FilterPick } from '../components/filter-pick.tsx';
import { SearchField } from '../components/search-field.tsx';
import { statusWord } from './sink-status.tsx';

/** Narrows the list of sinks by name, type and status; each stands in the address. */
export function SinkFilter({ types }: { types: readonly string[] }) {
  return (
    <div className="filters">
      <SearchField label="Search sinks by name" />
      <FilterPick name="type" label="Type" all="Every type" options={types.map((type) => [type, type])} />
      <FilterPick
        name="status"
        label="Status"
        all="Every status"
        options={sinkStatuses.map((status: SinkStatus) => [status, statusWord(status)])}
      />
    </div>
  );
}
