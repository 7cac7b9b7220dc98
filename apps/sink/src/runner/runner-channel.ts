import type { Readable } from 'node:stream';
import type * as z from 'zod';
import { whyNoJson } from './why-no-json.ts';

/** Longest line that is read: the largest result, every character of it escaped, and some more. */
const longestLine = 8 * 1024 * 1024;
const newline = 0x0a;

export interface MessageHandlers<Message> {
  onMessage(message: Message): void;
  /** A line that is not of the protocol, most likely written by the module itself. */
  onInvalid(why: string): void;
}

/** Reads messages from a pipe, one JSON object per line, until it ends. */
export function readMessages<Message>(
  stream: Readable,
  schema: z.ZodType<Message>,
  handlers: MessageHandlers<Message>,
): void {
  let parts: Buffer[] = [];
  let size = 0;
  let skipping = false;

  function endLine(): void {
    const line = Buffer.concat(parts, size);
    if (!skipping && size > 0) readLine(line, schema, handlers);
    parts = [];
    size = 0;
    skipping = false;
  }

  function add(bytes: Buffer): void {
    if (skipping) return;
    size += bytes.length;
    if (size <= longestLine) {
      parts.push(bytes);
      return;
    }
    skipping = true;
    parts = [];
    size = 0;
    handlers.onInvalid(`a line longer than ${longestLine} bytes`);
  }

  stream.on('data', (bytes: Buffer) => {
    let at = 0;
    for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, at)) {
      add(bytes.subarray(at, end));
      endLine();
      at = end + 1;
    }
    if (at < bytes.length) add(bytes.subarray(at));
  });
}

function readLine<Message>(
  line: Buffer,
  schema: z.ZodType<Message>,
  { onMessage, onInvalid }: MessageHandlers<Message>,
): void {
  let value: unknown;
  try {
    value = JSON.parse(line.toString());
  } catch (error) {
    onInvalid(whyNoJson(error));
    return;
  }
  const message = schema.safeParse(value);
  if (message.success) onMessage(message.data);
  else onInvalid(message.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
}
