import { type KeyRule, keyRule, payloadRule, plainKeys } from '@nexomatic/contracts/event-query-keys';
import { splitTerms } from '@nexomatic/contracts/event-query-split';
import { formatValue } from '@nexomatic/contracts/event-query-value';
import { isId } from '@nexomatic/contracts/id-form';
import { spanWords } from './span-words.ts';

/** What somebody is writing at the caret: a key, or a value of one. */
export interface Writing {
  /** Null while the key itself is being written. */
  key: string | null;
  /** What stands there already, up to the caret. */
  typed: string;
  /** The part of the text that a suggestion takes the place of. */
  from: number;
  to: number;
  /** In a list of values, `(a,b)`. */
  listed: boolean;
}

export interface Suggestion {
  /** What is put into the text. */
  insert: string;
  label: string;
  help: string;
  /** A key goes on with its value; a value ends its term. */
  goesOn: boolean;
}

/** Keys whose values are names that the hub knows. */
const namedKeys = ['type', 'source', 'sink'] as const;
export type NamedKey = (typeof namedKeys)[number];
export const isNamedKey = (key: string | null): key is NamedKey =>
  (namedKeys as readonly (string | null)[]).includes(key);

/** What a query is made of, for whoever helps to write one. */
export interface Grammar {
  placeholder: string;
  keys: readonly { key: string; help: string }[];
  ruleOf: (key: string) => KeyRule | null;
  /** What a word without a key most likely means; null where words are terms of their own. */
  asTerm: ((word: string) => Suggestion) | null;
}

/** The query of events. */
export const eventGrammar: Grammar = {
  placeholder: 'state:error type:deploy.*',
  keys: Object.entries(plainKeys).map(([key, { help }]) => ({ key, help })),
  ruleOf: keyRule,
  asTerm,
};

/** What is being written at that place of the text. */
export function writingAt(text: string, caret: number): Writing {
  const term = splitTerms(text).find(({ at, text }) => at < caret && caret <= at + text.length);
  if (!term) return { key: null, typed: '', from: caret, to: caret, listed: false };
  const end = term.at + term.text.length;
  if (term.key === null || caret < term.valueAt) {
    const to = term.key === null ? end : term.valueAt;
    return {
      key: null,
      typed: text.slice(term.keyAt, Math.max(caret, term.keyAt)),
      from: term.keyAt,
      to,
      listed: false,
    };
  }
  const before = text.slice(term.valueAt, caret);
  if (!before.startsWith('('))
    return { key: term.key, typed: unquoted(before), from: term.valueAt, to: end, listed: false };
  const from = term.valueAt + Math.max(before.lastIndexOf(','), 0) + 1;
  const rest = /[,)]/.exec(text.slice(caret, end));
  return {
    key: term.key,
    typed: unquoted(text.slice(from, caret)),
    from,
    to: rest ? caret + rest.index : end,
    listed: true,
  };
}

const unquoted = (text: string): string => text.replace(/^["\s]+|"$/g, '');

/** What could stand there, the likeliest first. `names` are those of the key that is being written. */
export function suggest(
  { key, typed, listed }: Writing,
  names: readonly string[],
  searchKeys: readonly string[],
  grammar: Grammar = eventGrammar,
): Suggestion[] {
  if (key === null) {
    const keys = matching(keySuggestions(grammar, searchKeys), typed);
    return keys.length > 0 || typed === '' || !grammar.asTerm ? keys : [grammar.asTerm(typed)];
  }
  const rule = grammar.ruleOf(key);
  if (!rule) return [];
  if (key === 'since')
    return matching(
      Object.entries(spanWords).map(([span, help]) => value(span, help)),
      typed,
    );
  if (rule.words)
    return matching(
      rule.words.map((word) => value(word, '')),
      typed,
    );
  const found = matching(
    names.map((name) => value(formatValue({ kind: 'text', text: name }), '')),
    typed,
  );
  const missing = rule.takes?.includes('null') && !listed && typed === '' ? [value('null', `without ${key}`)] : [];
  return [...found, ...missing];
}

const value = (text: string, help: string): Suggestion => ({ insert: text, label: text, help, goesOn: false });

function keySuggestions({ keys: plain }: Grammar, searchKeys: readonly string[]): Suggestion[] {
  const payload = searchKeys.map((path) => ({ key: `payload.${path}`, help: payloadRule.help }));
  return [...plain, ...payload].map(({ key, help }) => {
    // A key that ends in a dot goes on with a name of its own.
    const text = key.endsWith('.') ? key : `${key}:`;
    return { insert: text, label: text, help, goesOn: true };
  });
}

/** What a word without a key most likely means: an id that was pasted, or the beginning of a type's name. */
function asTerm(word: string): Suggestion {
  if (isId('event', word)) return { insert: `id:${word}`, label: `id:${word}`, help: 'this very event', goesOn: false };
  const term = `type:${formatValue({ kind: 'prefix', text: word })}`;
  return { insert: term, label: term, help: 'types that begin so', goesOn: false };
}

/** Those that begin with what was typed, then those that contain it. */
function matching(all: Suggestion[], typed: string): Suggestion[] {
  const wanted = typed.toLowerCase();
  const at = (one: Suggestion): number => one.label.toLowerCase().replace(/^"/, '').indexOf(wanted);
  const found = all.filter((one) => at(one) >= 0 && one.label !== typed);
  return [...found.filter((one) => at(one) === 0), ...found.filter((one) => at(one) > 0)].slice(0, 20);
}

/** The text with the suggestion in it, and where the caret goes. */
export function accept(
  text: string,
  { from, to, listed }: Writing,
  { insert, goesOn }: Suggestion,
): { text: string; caret: number } {
  const rest = text.slice(to);
  // The next term begins after a space; within a list or a term there is none.
  const gap = goesOn || listed || rest.startsWith(' ') ? '' : ' ';
  const caret = from + insert.length + (goesOn || listed ? 0 : 1);
  return { text: text.slice(0, from) + insert + gap + rest, caret };
}
