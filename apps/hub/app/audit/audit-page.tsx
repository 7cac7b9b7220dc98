import type { AuditEntryShown, AuditSummary } from '@nexomatic/contracts/audit-api';
import { useLocation } from '@remix-run/react';
import { Pager } from '../components/table/pager.tsx';
import { AuditDetail } from './audit-detail.tsx';
import { AuditFilters } from './audit-filters.tsx';
import { AuditList } from './audit-list.tsx';
import type { AuditQuery } from './audit-query.ts';

export interface AuditPageData {
  entries: AuditSummary[];
  nextCursor: string | null;
  query: AuditQuery;
  /** The one that is open. */
  entry: AuditEntryShown | null;
}

/** A log, what narrows it, and the entry that is open beside it. */
export function AuditPage({ entries, nextCursor, query, entry, tenant }: AuditPageData & { tenant?: string }) {
  const search = new URLSearchParams(useLocation().search);
  search.delete('entry');
  const closeTo = search.size === 0 ? '.' : `?${search}`;
  const all = entry ? [entry, ...entries] : entries;
  const names = {
    actor: all.find(({ actor }) => (actor.id ?? 'system') === query.actor)?.actor.name,
    object: all.find(({ object }) => object.id === query.object)?.object.name,
  };
  return (
    <>
      <AuditFilters query={query} names={names} />
      <div className={entry ? 'split' : undefined}>
        <div className="min-w-0">
          <AuditList name={tenant ? 'audit' : 'instance-audit'} entries={entries} query={query} />
          <Pager
            nextCursor={nextCursor}
            count={entries.length}
            words={{ back: 'Newer', on: 'Older', start: 'Newest', rows: 'changes' }}
          />
        </div>
        {entry ? <AuditDetail entry={entry} query={query} closeTo={closeTo} {...(tenant ? { tenant } : {})} /> : null}
      </div>
    </>
  );
}
