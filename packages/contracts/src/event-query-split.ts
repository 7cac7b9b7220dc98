/** A term as it is written, read no further: what its key and its value are, and where. */
export interface WrittenTerm {
  at: number;
  text: string;
  negated: boolean;
  /** Null for a word without a colon. */
  key: string | null;
  keyAt: number;
  value: string;
  valueAt: number;
}

/**
 * Splits a query into its terms at white space, outside of quotes and brackets. Takes any text, also one that is still
 * being written: what is not closed reaches to the end.
 */
export function splitTerms(query: string): WrittenTerm[] {
  const terms: WrittenTerm[] = [];
  let at = 0;
  for (;;) {
    at += query.slice(at).search(/\S|$/);
    if (at >= query.length) return terms;
    const text = query.slice(at, termEnd(query, at));
    const negated = text.startsWith('-');
    const keyAt = at + Number(negated);
    const colon = keyColon(text);
    const valueAt = colon < 0 ? keyAt : at + colon + 1;
    const key = colon < 0 ? null : query.slice(keyAt, at + colon);
    terms.push({ at, text, negated, key, keyAt, value: query.slice(valueAt, at + text.length), valueAt });
    at += text.length;
  }
}

/** The colon after the key; what is quoted has none. */
const keyColon = (text: string): number => (/^-?"/.test(text) ? -1 : text.indexOf(':'));

function termEnd(query: string, from: number): number {
  let end = from;
  let bracket = false;
  // Only where a value begins do quotes and brackets open; inside a word they are letters.
  let opens = true;
  for (; end < query.length; end++) {
    const sign = query[end] ?? '';
    if (opens && sign === '"') {
      end = quoteEnd(query, end);
      opens = false;
    } else if (opens && sign === '(' && !bracket) bracket = true;
    else if (bracket && sign === ')') bracket = false;
    else if (!bracket && /\s/.test(sign)) break;
    else opens = sign === ':' || (bracket && /[,\s]/.test(sign)) || (end === from && sign === '-');
  }
  return end;
}

/** The closing quote, or the last character of the text. */
function quoteEnd(query: string, from: number): number {
  for (let end = from + 1; end < query.length; end++) {
    if (query[end] === '\\') end++;
    else if (query[end] === '"') return end;
  }
  return query.length - 1;
}
