import { plainText } from './terminal-text.ts';

/** A record's fields in one line. */
export function fieldsText(fields: Record<string, unknown>): string {
  return Object.entries(fields)
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ');
}

/** What of a log's line can be found and filtered by: what is seen of it. */
export function lineText({ text, fields }: { text: string; fields: Record<string, unknown> | null }): string {
  const plain = plainText(text);
  return fields && Object.keys(fields).length > 0 ? `${plain} ${fieldsText(fields)}` : plain;
}
