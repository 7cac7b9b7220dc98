import { dayStart } from '../time/day-start.ts';

/** What the address of an audit log holds: who, what, which, and from which day to which, in the viewer's zone. */
const names = ['actor', 'action', 'kind', 'object', 'from', 'to'] as const;
export type AuditQuery = Partial<Record<(typeof names)[number], string>>;

export function readAuditQuery(search: URLSearchParams): AuditQuery {
  return Object.fromEntries(names.flatMap((name) => (search.get(name) ? [[name, search.get(name)]] : [])));
}

/** The filter that the hub is asked with. A day that is none is left out: its field says so. */
export function auditFilterOf({ actor, action, kind, object, from, to }: AuditQuery, zone: string) {
  const since = from === undefined ? null : dayStart(from, zone);
  // The last day is meant whole.
  const until = to === undefined ? null : dayStart(to, zone, 1);
  return {
    ...(actor ? { actor } : {}),
    ...(action ? { action } : {}),
    ...(kind ? { objectKind: kind } : {}),
    ...(object ? { objectId: object } : {}),
    ...(since ? { since } : {}),
    ...(until ? { until } : {}),
  };
}

/** The address of the same log with other parts; it begins at the newest entry again, and no entry is open. */
export function auditHref(query: AuditQuery, change: AuditQuery): string {
  const next = new URLSearchParams(Object.entries({ ...query, ...change }).filter(([, value]) => value));
  return next.size === 0 ? '.' : `?${next}`;
}
