/**
 * The members of a JSON object as their JSON text, digit for digit and byte for byte; of a name that comes twice the last
 * one counts, as with `JSON.parse`. The text must have been parsed before: what it says is not checked again.
 */
export function jsonMembers(text: string): Map<string, string> {
  const members = new Map<string, string>();
  let at = skipSpace(text, text.indexOf('{') + 1);
  while (text[at] === '"') {
    const nameEnd = skipString(text, at);
    const name = String(JSON.parse(text.slice(at, nameEnd)));
    const valueStart = skipSpace(text, text.indexOf(':', nameEnd) + 1);
    const valueEnd = skipValue(text, valueStart);
    members.set(name, text.slice(valueStart, valueEnd));
    at = skipSpace(text, valueEnd);
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
  return members;
}

/** The elements of a JSON array as their JSON text, likewise. */
export function jsonElements(text: string): string[] {
  const elements: string[] = [];
  let at = skipSpace(text, text.indexOf('[') + 1);
  while (at < text.length && text[at] !== ']') {
    const end = skipValue(text, at);
    elements.push(text.slice(at, end));
    at = skipSpace(text, end);
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
  return elements;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (' \t\n\r'.includes(text.charAt(at)) && at < text.length) at += 1;
  return at;
}

/** The place behind the string that begins here. */
function skipString(text: string, from: number): number {
  let at = from + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

/** The place behind the value that begins here: brackets are counted, and strings stepped over. */
function skipValue(text: string, from: number): number {
  let depth = 0;
  let at = from;
  do {
    const char = text.charAt(at);
    if (char === '"') {
      at = skipString(text, at);
      continue;
    }
    if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') depth -= 1;
    at += 1;
  } while (depth > 0 || (at < text.length && !endsScalar(text, from, at)));
  return at;
}

/** At depth 0 a bracket or string has ended by itself; a number or word ends at whatever can't be part of it. */
function endsScalar(text: string, from: number, at: number): boolean {
  return '"{['.includes(text.charAt(from)) || ',}] \t\n\r'.includes(text.charAt(at));
}
