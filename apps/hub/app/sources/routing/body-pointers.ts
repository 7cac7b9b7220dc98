import { type JsonNode, parseJsonText } from '../../json/parse-json-text.ts';

/** More than this helps nobody to find the right one. */
const most = 300;

/** JSON Pointers to the values of a body, to be offered while a condition is written; none where it is no JSON. */
export function bodyPointers(text: string | null): string[] {
  const root = text === null ? null : parseJsonText(text);
  const found: string[] = [];
  if (root) collect(root, '', found);
  return found;
}

function collect(node: JsonNode, path: string, found: string[]): void {
  if (found.length >= most) return;
  if (node.kind === 'object') {
    for (const { key, value } of node.entries) collect(value, `${path}/${escaped(String(JSON.parse(key)))}`, found);
  } else if (node.kind === 'array') {
    // The first of a list says what the others look like.
    const [first] = node.items;
    if (first) collect(first, `${path}/0`, found);
  } else if (path !== '') found.push(path);
}

const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');
