import { FilterPick } from '../components/filter-pick.tsx';
import { SearchField } from '../components/search-field.tsx';
import { shownStates } from './secret-state.tsx';

/** Orders of the list besides the one by key. */
export const secretOrders = [
  ['lastUsed', 'Last used first'],
  ['set', 'Last set first'],
] as const;

/** Who can open them. */
export const secretKinds = [
  ['end-to-end', 'End-to-end'],
  ['hub', 'Kept by the hub'],
] as const;

/** Narrows and orders the list of secrets; each choice stands in the address. */
export const SecretFilter = () => (
  <div className="filters">
    <SearchField label="Search keys and labels" />
    <FilterPick name="state" label="State" all="Every state" options={shownStates} />
    <FilterPick name="kind" label="Kind" all="Every kind" options={secretKinds} />
    <FilterPick name="sort" label="Order" all="By key" options={secretOrders} />
  </div>
);
