import type { IdKind, idPrefixes } from '@nexomatic/contracts/id';

type Prefix = (typeof idPrefixes)[IdKind];

interface ObjectKind {
  word: string;
  plural: string;
  /** Where its page is, below the tenant's address. A kind without one is named but not linked. */
  path?: (id: string) => string;
}

/** How each kind of thing is called, and the page that shows one. Keyed by the prefix of its ids. */
const kinds: Partial<Record<Prefix, ObjectKind>> = {
  evt: { word: 'event', plural: 'events', path: (id) => `events/${id}` },
  ety: { word: 'event type', plural: 'event types', path: (id) => `event-types/${id}` },
  act: { word: 'action', plural: 'actions', path: (id) => `actions/${id}` },
  src: { word: 'source', plural: 'sources', path: (id) => `sources/${id}` },
  snk: { word: 'sink', plural: 'sinks', path: (id) => `sinks/${id}` },
  skt: { word: 'sink type', plural: 'sink types', path: (id) => `sinks/types/${id}` },
  sch: { word: 'schedule', plural: 'schedules', path: (id) => `schedules/${id}` },
  bko: { word: 'blackout window', plural: 'blackout windows', path: (id) => `schedules/blackouts/${id}` },
  sec: { word: 'secret', plural: 'secrets', path: (id) => `secrets/${id}` },
  tok: { word: 'API token', plural: 'API tokens', path: () => 'settings/tokens' },
  blk: { word: 'bulk job', plural: 'bulk jobs', path: (id) => `bulk/${id}` },
  usr: { word: 'person', plural: 'people' },
};

const kindOf = (id: string): ObjectKind | undefined => kinds[id.slice(0, Math.max(0, id.indexOf('_'))) as Prefix];

/** "event type" for `ety_…`; "object" for an id of no known kind. */
export const kindWord = (id: string, count = 1): string => {
  const kind = kindOf(id);
  return count === 1 ? (kind?.word ?? 'object') : (kind?.plural ?? 'objects');
};

/** The page of that object in the tenant, or null when its kind has none. */
export function objectPath(tenant: string, id: string): string | null {
  const path = kindOf(id)?.path;
  return path ? `/t/${tenant}/${path(id)}` : null;
}
