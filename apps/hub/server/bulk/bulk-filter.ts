import type { BulkAction } from '@nexomatic/contracts/bulk-api';
import { terminalStates } from '@nexomatic/contracts/event-state';
import { hasRerun } from '@nexomatic/db/event-conditions';
import type { SearchFilter } from '../events/search/search-filter.ts';

interface BulkSelection {
  action: BulkAction;
  query: string;
  skipRerun: boolean;
  until: Date;
}

/** What a job looks for: of what its query finds, the events that its action can be done to. */
export const bulkFilter = ({ action, query, skipRerun, until }: BulkSelection): SearchFilter => ({
  q: query,
  field: 'query',
  state: action === 'rerun' ? terminalStates : ['QUEUED', 'RUNNING'],
  until: until.toISOString(),
  // Made anew for each search: the ORM takes such a condition once.
  also: action === 'rerun' && skipRerun ? [hasRerun(true)] : [],
});
