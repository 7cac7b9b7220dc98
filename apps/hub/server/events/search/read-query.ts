import { NexomaticError } from '@nexomatic/contracts/error-code';
import { parseEventQuery, type QueryTerm } from '@nexomatic/contracts/event-query';
import { splitTerms } from '@nexomatic/contracts/event-query-split';

/** The terms of a query; refuses one that can't be read, with the place of every fault. `field` is the input's name for it. */
export function readQuery(text: string, field = 'q'): QueryTerm[] {
  const parsed = parseEventQuery(text);
  if (parsed.ok) return parsed.query.terms;
  throw queryRefused(parsed.faults, field);
}

/** Refuses paths into payloads that no event type declares: there is nothing to look for them by. */
export function checkPaths(text: string, terms: QueryTerm[], declared: ReadonlySet<string>, field = 'q'): void {
  const known = [...declared].sort();
  const have = known.length === 0 ? 'No event type declares any' : `Search keys: ${known.slice(0, 20).join(', ')}`;
  const faults = terms.flatMap((term) => {
    if (term.key !== 'payload' || declared.has(term.path)) return [];
    const at = splitTerms(text).find(({ key }) => key === `payload.${term.path}`)?.keyAt ?? 0;
    const message = `No event type has the search key ${term.path}: declare it as a search key of the event type, and events that come from then on are found by it. ${have}.`;
    return [{ at, message }];
  });
  if (faults.length > 0) throw queryRefused(faults, field);
}

/** The refusal of a query, with the place of every fault, counted from 1 for people. */
export const queryRefused = (faults: { at: number; message: string }[], field: string): NexomaticError =>
  new NexomaticError('bad_request', 'The query can not be read; see errors.', {
    errors: faults.map(({ at, message }) => ({ path: field, message: `At character ${at + 1}: ${message}` })),
  });
