import type { Condition, SourceSettings } from '@nexomatic/contracts/source-settings';

/** Routes while they are edited. Each row has a key of its own, so that a moved one keeps its fields. */
export interface ConditionDraft {
  key: number;
  in: Condition['in'];
  at: string;
  is: Condition['is'];
  /** What it is compared with; one a line where it may be one of several. */
  text: string;
}
export interface RouteDraft {
  key: number;
  eventTypeId: string;
  when: ConditionDraft[];
}
export interface RoutingDraft {
  routes: RouteDraft[];
  match: SourceSettings['routing']['match'];
  trustUnsigned: boolean;
  /** What fires when no route matches; empty: nothing. */
  eventTypeId: string;
  /** The next row's key. */
  nextKey: number;
}

export type RoutingChange =
  | { do: 'set'; match?: RoutingDraft['match']; trustUnsigned?: boolean; eventTypeId?: string }
  | { do: 'add-route' }
  | { do: 'remove-route'; route: number }
  | { do: 'move-route'; route: number; step: -1 | 1 }
  | { do: 'set-route'; route: number; eventTypeId: string }
  | { do: 'add-condition'; route: number }
  | { do: 'remove-condition'; route: number; condition: number }
  | { do: 'set-condition'; route: number; condition: number; change: Partial<Omit<ConditionDraft, 'key'>> }
  | { do: 'start'; draft: RoutingDraft };

const blank = { in: 'body', at: '', is: 'equals', text: '' } as const;

/** The routes as they are saved, to begin with. */
export function draftOf(routing: SourceSettings['routing'], eventTypeId: string | null): RoutingDraft {
  let nextKey = 0;
  const routes = routing.routes.map(({ when, eventTypeId: fires }) => ({
    key: nextKey++,
    eventTypeId: fires,
    when: when.map(({ values, ...condition }) => ({ key: nextKey++, ...condition, text: values.join('\n') })),
  }));
  const { match, trustUnsigned } = routing;
  return { routes, match, trustUnsigned, eventTypeId: eventTypeId ?? '', nextKey };
}

/** The next state of the editor. */
export function changeRouting(draft: RoutingDraft, change: RoutingChange): RoutingDraft {
  const { routes, nextKey } = draft;
  const within = (index: number, edit: (route: RouteDraft) => RouteDraft) =>
    routes.map((route, at) => (at === index ? edit(route) : route));
  switch (change.do) {
    case 'start':
      return change.draft;
    case 'set': {
      const { do: _do, ...set } = change;
      return { ...draft, ...set };
    }
    case 'add-route': {
      const route = { key: nextKey, eventTypeId: '', when: [{ key: nextKey + 1, ...blank }] };
      return { ...draft, routes: [...routes, route], nextKey: nextKey + 2 };
    }
    case 'remove-route':
      return { ...draft, routes: routes.filter((_, at) => at !== change.route) };
    case 'move-route': {
      const moved = [...routes];
      const [route] = moved.splice(change.route, 1);
      const to = change.route + change.step;
      if (!route || to < 0 || to > moved.length) return draft;
      moved.splice(to, 0, route);
      return { ...draft, routes: moved };
    }
    case 'set-route':
      return { ...draft, routes: within(change.route, (route) => ({ ...route, eventTypeId: change.eventTypeId })) };
    case 'add-condition':
      return {
        ...draft,
        routes: within(change.route, (route) => ({ ...route, when: [...route.when, { key: nextKey, ...blank }] })),
        nextKey: nextKey + 1,
      };
    case 'remove-condition':
      return {
        ...draft,
        routes: within(change.route, (route) => ({
          ...route,
          when: route.when.filter((_, at) => at !== change.condition),
        })),
      };
    case 'set-condition':
      return {
        ...draft,
        routes: within(change.route, (route) => ({
          ...route,
          when: route.when.map((one, at) => (at === change.condition ? { ...one, ...change.change } : one)),
        })),
      };
    default:
      return change satisfies never;
  }
}

/** The routes as the API takes them. */
export function settingsOf({ routes, match, trustUnsigned }: RoutingDraft) {
  return {
    routes: routes.map(({ eventTypeId, when }) => ({
      when: when.map(({ in: where, at, is, text }) => ({ in: where, at: at.trim(), is, values: valuesOf(is, text) })),
      eventTypeId,
    })),
    match,
    trustUnsigned,
  };
}

function valuesOf(is: Condition['is'], text: string): string[] {
  if (is === 'exists' || is === 'missing') return [];
  return is === 'one_of' ? text.split('\n').filter((line) => line !== '') : [text];
}

/** Whether two drafts would be saved alike. */
export const sameRouting = (one: RoutingDraft, other: RoutingDraft): boolean =>
  one.eventTypeId === other.eventTypeId && JSON.stringify(settingsOf(one)) === JSON.stringify(settingsOf(other));

/** What is still missing before routes can be saved; paths as the hub names them. */
export function gapsOf({ routes }: RoutingDraft): { path: string; message: string }[] {
  return routes.flatMap(({ eventTypeId, when }, route) => [
    ...when.flatMap(({ in: where, at }, condition) =>
      at.trim() === ''
        ? [
            {
              path: `routes[${route}].when[${condition}].at`,
              message: where === 'body' ? 'Say where in the body to look, for example /action.' : 'Name the header.',
            },
          ]
        : [],
    ),
    ...(eventTypeId === ''
      ? [{ path: `routes[${route}].eventTypeId`, message: 'Choose the event type that it fires.' }]
      : []),
  ]);
}

/** The routes to be tried: one that names no event type yet is tried as well. Null while a condition is unfinished. */
export function triable(draft: RoutingDraft, anyEventType: string | undefined) {
  if (anyEventType === undefined || gapsOf(draft).some(({ path }) => path.endsWith('.at'))) return null;
  const routing = settingsOf(draft);
  const routes = routing.routes.map((route) => ({ ...route, eventTypeId: route.eventTypeId || anyEventType }));
  return { ...routing, routes };
}
