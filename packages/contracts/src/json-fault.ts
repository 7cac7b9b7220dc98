/** Where a text stops being JSON, counted from 1 as editors do, and what should have stood there. */
export interface JsonFault {
  line: number;
  column: number;
  expected: string;
}

const endOfBody = 'the body to go on';

/**
 * Finds the first place where the text breaks RFC 8259, or null if it never does. Only used once `JSON.parse` has said
 * no: that is faster, but its message often names no place. Runs in one pass without recursion, so depth costs nothing.
 */
export function findJsonFault(text: string): JsonFault | null {
  const open: ('{' | '[')[] = [];
  let at = skipSpace(text, 0);
  let expects: 'value' | 'value or ]' | 'key' | 'key or }' | 'comma' = 'value';

  while (at < text.length) {
    const char = text[at];
    if (expects === 'comma') {
      const top = open.at(-1);
      if (top === undefined) return faultAt(text, at, 'nothing after the value');
      if (char === ',') expects = top === '{' ? 'key' : 'value';
      else if (char === (top === '{' ? '}' : ']')) open.pop();
      else return faultAt(text, at, `"," or "${top === '{' ? '}' : ']'}"`);
      at = skipSpace(text, at + 1);
      continue;
    }
    if ((expects === 'key or }' && char === '}') || (expects === 'value or ]' && char === ']')) {
      open.pop();
      expects = 'comma';
      at = skipSpace(text, at + 1);
      continue;
    }
    if (expects === 'key' || expects === 'key or }') {
      if (char !== '"') return faultAt(text, at, 'a property name in double quotes');
      const end = skipString(text, at);
      if (end.fault) return faultAt(text, end.at, end.fault);
      at = skipSpace(text, end.at);
      if (text[at] !== ':') return faultAt(text, at, at < text.length ? '":"' : endOfBody);
      at = skipSpace(text, at + 1);
      expects = 'value';
      continue;
    }
    if (char === '{' || char === '[') {
      open.push(char);
      expects = char === '{' ? 'key or }' : 'value or ]';
      at = skipSpace(text, at + 1);
      continue;
    }
    const end = char === '"' ? skipString(text, at) : skipScalar(text, at);
    if (end.fault) return faultAt(text, end.at, end.fault);
    at = skipSpace(text, end.at);
    expects = 'comma';
  }
  return open.length > 0 || expects !== 'comma' ? faultAt(text, text.length, endOfBody) : null;
}

function skipSpace(text: string, at: number): number {
  let next = at;
  while (next < text.length && ' \t\n\r'.includes(text.charAt(next))) next += 1;
  return next;
}

const scalar = /(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)(?![A-Za-z0-9.+-])/y;

function skipScalar(text: string, at: number): { at: number; fault?: string } {
  scalar.lastIndex = at;
  return scalar.test(text) ? { at: scalar.lastIndex } : { at, fault: 'a JSON value' };
}

const escapeForm = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

function skipString(text: string, from: number): { at: number; fault?: string } {
  let at = from + 1;
  while (at < text.length) {
    const char = text.charAt(at);
    if (char === '"') return { at: at + 1 };
    if (char < ' ') return { at, fault: 'control characters in strings to be escaped' };
    if (char === '\\') {
      escapeForm.lastIndex = at;
      if (!escapeForm.test(text)) return { at, fault: 'an escape such as \\n or \\u00e9' };
      at = escapeForm.lastIndex;
    } else at += 1;
  }
  return { at, fault: endOfBody };
}

function faultAt(text: string, offset: number, expected: string): JsonFault {
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
    line += 1;
    lineStart = at + 1;
  }
  return { line, column: offset - lineStart + 1, expected };
}
