import { FilterPick } from '../../components/filter-pick.tsx';
import type { Choice } from '../../components/form/combobox-field.tsx';
import { SearchField } from '../../components/search-field.tsx';

const statuses = [
  ['on', 'On'],
  ['paused', 'Paused'],
  ['off', 'Off'],
  ['ended', 'Ended'],
  ['held', 'With held runs'],
] as const;

/** Narrows and orders the list of schedules; all of it stands in the address. */
export const ScheduleFilter = ({ eventTypes }: { eventTypes: readonly Choice[] }) => (
  <div className="filters">
    <SearchField label="Search schedules by name" />
    <FilterPick name="status" label="Status" all="Every status" options={statuses} />
    <FilterPick
      name="type"
      label="Event type"
      all="Every event type"
      options={eventTypes.map(({ value, label }) => [value, label] as const)}
    />
    <FilterPick name="sort" label="Order" all="By name" options={[['next', 'By next run']]} />
  </div>
);
