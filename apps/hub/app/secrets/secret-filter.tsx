import { FilterPick } from '../components/filter-pick.tsx';
import { SearchField } from '../components/search-field.tsx';
import { shownStates } from './secret-state.tsx';

/** Narrows the list of secrets by key and state; each stands in the address. */
export const SecretFilter = () => (
  <div className="filters">
    <SearchField label="Search secrets by key" />
    <FilterPick name="state" label="State" all="Every state" options={shownStates} />
  </div>
);
