import type { LogRecord } from '@nexomatic/contracts/sink-protocol';
import { type Masker, noMasker } from '@nexomatic/redaction/masker';

const longestText = 32 * 1024;

/**
 * A record as one line of NDJSON, without secrets, and with a message and fields too long for a log cut down and marked
 * as cut. Masked first: a cut could go through a secret.
 */
export function recordLine({ fields, ...record }: LogRecord, { maskText, maskJson }: Masker = noMasker): string {
  const plain = JSON.stringify({ ...record, message: clip(maskText(record.message)) });
  if (fields === undefined) return `${plain}\n`;
  return `${plain.slice(0, -1)},"fields":${fieldsJson(maskJson(JSON.stringify(fields)))}}\n`;
}

function fieldsJson(masked: string): string {
  if (masked.length > longestText) return JSON.stringify({ cut: clip(masked) });
  // Where the fields as a whole were a secret there is no object left.
  return masked.startsWith('{') ? masked : JSON.stringify({ masked: '***' });
}

function clip(text: string): string {
  if (text.length <= longestText) return text;
  return `${text.slice(0, longestText).toWellFormed()}… (${text.length - longestText} more characters were cut)`;
}
