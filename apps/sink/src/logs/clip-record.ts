import type { LogRecord } from '@nexomatic/contracts/sink-protocol';

const longestText = 32 * 1024;

/** A record as one line of NDJSON, with a message and fields too long for a log cut down and marked as cut. */
export function recordLine(record: LogRecord): string {
  const message = clip(record.message);
  if (record.fields === undefined) return `${JSON.stringify({ ...record, message })}\n`;
  const fields = JSON.stringify(record.fields);
  if (fields.length <= longestText) return `${JSON.stringify({ ...record, message })}\n`;
  return `${JSON.stringify({ ...record, message, fields: { cut: clip(fields) } })}\n`;
}

function clip(text: string): string {
  if (text.length <= longestText) return text;
  return `${text.slice(0, longestText).toWellFormed()}… (${text.length - longestText} more characters were cut)`;
}
