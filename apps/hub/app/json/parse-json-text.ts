/**
 * Reads JSON into a tree of the sender's own lexemes. `JSON.parse` would turn 12345678901234567890 into another number,
 * 1.0 into 1 and drop repeated keys; what a page shows has to be what was sent.
 */
export type JsonNode =
  | { kind: 'string' | 'number' | 'literal'; text: string }
  | { kind: 'array'; items: JsonNode[] }
  | { kind: 'object'; entries: { key: string; value: JsonNode }[] };

/** Deeper than this is shown as raw text only: a person can't read it, and rendering it would exhaust the stack. */
const maxDepth = 100;

const space = /[ \t\n\r]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON strings may not hold them as they are
const stringLexeme = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const numberLexeme = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const literalLexeme = /true|false|null/y;

/** Null when the text isn't JSON, or is nested too deep to be shown as a tree. */
export function parseJsonText(text: string): JsonNode | null {
  const reader = new Reader(text.startsWith('\ufeff') ? text.slice(1) : text);
  const node = reader.value(0);
  return node !== null && reader.atEnd() ? node : null;
}

class Reader {
  readonly #text: string;
  #at = 0;
  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): JsonNode | null {
    if (depth > maxDepth) return null;
    this.#take(space);
    if (this.#skip('{')) return this.#object(depth);
    if (this.#skip('[')) return this.#array(depth);
    const string = this.#take(stringLexeme);
    if (string) return { kind: 'string', text: string };
    const number = this.#take(numberLexeme);
    if (number) return { kind: 'number', text: number };
    const literal = this.#take(literalLexeme);
    return literal ? { kind: 'literal', text: literal } : null;
  }

  atEnd(): boolean {
    this.#take(space);
    return this.#at === this.#text.length;
  }

  #object(depth: number): JsonNode | null {
    const entries: { key: string; value: JsonNode }[] = [];
    this.#take(space);
    if (this.#skip('}')) return { kind: 'object', entries };
    do {
      this.#take(space);
      const key = this.#take(stringLexeme);
      this.#take(space);
      if (!key || !this.#skip(':')) return null;
      const value = this.value(depth + 1);
      if (!value) return null;
      entries.push({ key, value });
      this.#take(space);
    } while (this.#skip(','));
    return this.#skip('}') ? { kind: 'object', entries } : null;
  }

  #array(depth: number): JsonNode | null {
    const items: JsonNode[] = [];
    this.#take(space);
    if (this.#skip(']')) return { kind: 'array', items };
    do {
      const item = this.value(depth + 1);
      if (!item) return null;
      items.push(item);
      this.#take(space);
    } while (this.#skip(','));
    return this.#skip(']') ? { kind: 'array', items } : null;
  }

  #skip(char: string): boolean {
    if (this.#text[this.#at] !== char) return false;
    this.#at += 1;
    return true;
  }

  /** The lexeme that begins here, or nothing. */
  #take(lexeme: RegExp): string {
    lexeme.lastIndex = this.#at;
    const found = lexeme.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }
}

/** The JSON again, indented, with every key and value exactly as it was sent. */
export function indentJson(node: JsonNode, indent = ''): string {
  const inner = `${indent}  `;
  if (node.kind === 'array') {
    if (node.items.length === 0) return '[]';
    return `[\n${node.items.map((item) => inner + indentJson(item, inner)).join(',\n')}\n${indent}]`;
  }
  if (node.kind === 'object') {
    if (node.entries.length === 0) return '{}';
    const lines = node.entries.map(({ key, value }) => `${inner}${key}: ${indentJson(value, inner)}`);
    return `{\n${lines.join(',\n')}\n${indent}}`;
  }
  return node.text;
}
