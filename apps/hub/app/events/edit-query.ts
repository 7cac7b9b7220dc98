import { type EventQuery, formatTerm, type QueryTerm } from '@nexomatic/contracts/event-query';
import type { PlainKey } from '@nexomatic/contracts/event-query-keys';

/** A term that asks for one text. */
export const textTerm = (key: PlainKey, text: string): QueryTerm => ({
  key,
  negated: false,
  value: { kind: 'text', text },
});
/** A term that asks for what is missing. */
export const nullTerm = (key: PlainKey): QueryTerm => ({ key, negated: false, value: { kind: 'null' } });
/** A term about a value in the payload. */
export const payloadTerm = (path: string, text: string): QueryTerm => ({
  key: 'payload',
  path,
  negated: false,
  value: text === 'null' ? { kind: 'null' } : { kind: 'text', text },
});

const keyOf = (term: QueryTerm): string => (term.key === 'payload' ? `payload.${term.path}` : term.key);

/** Only what the term asks for: it takes the place of others that asked for the same thing. */
export function narrow({ terms }: EventQuery, term: QueryTerm): EventQuery {
  const key = keyOf(term);
  const at = terms.findIndex((other) => keyOf(other) === key);
  const others = terms.filter((other) => keyOf(other) !== key);
  return { terms: at < 0 ? [...others, term] : others.toSpliced(at, 0, term) };
}

/** Everything but what the term asks for. */
export function exclude({ terms }: EventQuery, term: QueryTerm): EventQuery {
  const same = formatTerm(term);
  const without = terms.filter((other) => formatTerm({ ...other, negated: false }) !== same);
  return { terms: [...without, { ...term, negated: true }] };
}

/** Without the term at that place. */
export const dropTerm = ({ terms }: EventQuery, index: number): EventQuery => ({ terms: terms.toSpliced(index, 1) });

/** Without any term of these keys. */
export const dropKeys = ({ terms }: EventQuery, ...keys: PlainKey[]): EventQuery => ({
  terms: terms.filter(({ key }) => !(keys as string[]).includes(key)),
});

const isRoot = (term: QueryTerm): boolean => formatTerm(term) === 'is:root';

/** Whether steps of chains are left out, so that the list shows what was fired from outside. */
export const rootsOnly = ({ terms }: EventQuery): boolean => terms.some(isRoot);

/** With or without the steps of chains. */
export function showSteps(query: EventQuery, shown: boolean): EventQuery {
  const terms = query.terms.filter((term) => !isRoot(term));
  return { terms: shown ? terms : [textTerm('is', 'root'), ...terms] };
}
