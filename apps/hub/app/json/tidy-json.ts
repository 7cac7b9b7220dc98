import { indentJson, parseJsonText } from './parse-json-text.ts';

/** JSON as it is edited: indented, with every key and value as it was sent; text that isn't JSON stays as it is. */
export function tidyJson(text: string): string {
  const node = parseJsonText(text);
  return node === null ? text : indentJson(node);
}
