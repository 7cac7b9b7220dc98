import type { Id } from '@nexomatic/contracts/id';
import type { Condition, SourceSettings } from '@nexomatic/contracts/source-settings';
import type { IncomingRequest } from './incoming-request.ts';

type Routing = SourceSettings['routing'];
type Route = Routing['routes'][number];

/**
 * The event types that a request fires, each once: the first route's whose conditions all hold, or every such route's; where
 * none does, the source's own. Empty: none.
 */
export function routeRequest(
  { routes, match }: Pick<Routing, 'routes' | 'match'>,
  otherwise: Id<'eventType'> | null,
  request: IncomingRequest,
): Id<'eventType'>[] {
  const fired = new Set<Id<'eventType'>>();
  for (const route of routes) {
    if (!matches(route, request)) continue;
    fired.add(route.eventTypeId);
    if (match === 'first') break;
  }
  if (fired.size === 0 && otherwise !== null) return [otherwise];
  return [...fired];
}

const matches = ({ when }: Route, request: IncomingRequest): boolean =>
  when.every((condition) => holds(condition, findValue(condition, request)));

/** What a condition looks at. */
interface Found {
  /** Null for an object or list, which no comparison fits. */
  text: string | null;
  /** Whether it can be compared by size: a number of the body, or text of a header that is one. */
  number: number | null;
  /** As people are shown it. */
  shown: string;
}

/** Plain decimals alone: other spellings (`0x10`, `Infinity`, empty) are text. */
const decimal = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

export function findValue({ in: where, at }: Condition, request: IncomingRequest): Found | null {
  if (where === 'header') {
    const text = request.header(at.toLowerCase());
    return text === null ? null : { text, number: decimal.test(text) ? Number(text) : null, shown: text };
  }
  const member = request.member(at);
  if (!member) return null;
  const { text, isNumber, json } = member;
  return { text, number: isNumber ? Number(json) : null, shown: text ?? json };
}

/**
 * Whether the condition holds of what was found. `not_equals` holds of everything that does not equal, also where nothing
 * stands; every other comparison needs something to compare.
 */
export function holds({ is, values }: Condition, found: Found | null): boolean {
  const [value = ''] = values;
  switch (is) {
    case 'exists':
      return found !== null;
    case 'missing':
      return found === null;
    case 'not_equals':
      return found?.text !== value;
    case 'equals':
      return found?.text === value;
    case 'one_of':
      return typeof found?.text === 'string' && values.includes(found.text);
    case 'starts_with':
      return found?.text?.startsWith(value) ?? false;
    case 'ends_with':
      return found?.text?.endsWith(value) ?? false;
    case 'contains':
      return found?.text?.includes(value) ?? false;
    case 'above':
      return typeof found?.number === 'number' && found.number > Number(value);
    case 'below':
      return typeof found?.number === 'number' && found.number < Number(value);
    default:
      return is satisfies never;
  }
}
