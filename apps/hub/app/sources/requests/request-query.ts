/** What a list of requests can be narrowed to. `duplicate`: those that came more than once. */
export const requestFilters = ['accepted', 'filtered', 'refused', 'duplicate'] as const;
type RequestFilter = (typeof requestFilters)[number];

/** What the address of the requests of a source asks for. */
export interface RequestQuery {
  outcome?: RequestFilter;
  cause?: string;
}

export function readRequestQuery(search: URLSearchParams): RequestQuery {
  const outcome = requestFilters.find((one) => one === search.get('outcome'));
  const cause = search.get('cause');
  return { ...(outcome ? { outcome } : {}), ...(cause && /^[a-z_]{1,40}$/.test(cause) ? { cause } : {}) };
}

/** The address of the same list narrowed otherwise; it begins at the newest again and no request is open. */
export function requestsHref(query: RequestQuery): string {
  const next = new URLSearchParams(Object.entries(query).filter(([, value]) => value));
  return next.size === 0 ? '.' : `?${next}`;
}
