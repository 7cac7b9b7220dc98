import type { IncomingBody } from './read-body.ts';

/** One request that came to a source's address, and what its receiver knows of it before any settings are read. */
export interface Arrival {
  request: Request;
  /** Also the `ingestId`. */
  requestId: string;
  /** Milliseconds since the epoch. */
  receivedAt: number;
  sourceKeyHash: string;
  /** The address as its sender wrote it, which some sign; made when it is asked for. */
  addressedAs(): string;
  contentType: string;
  remoteAddress: string;
  /** Names in lower case. */
  headers: [name: string, value: string][];
  incoming: IncomingBody;
  /** It has been counted against the limit of its source; judged a second time, it is not counted again. */
  counted: boolean;
  /** What was read of the body; null before. */
  body: Uint8Array<ArrayBuffer> | null;
}

const maxHeaders = 128;
const maxHeaderCharacters = 16 * 1024;

/** What is too much about the headers, in a sentence; null for those that any sender sends. */
export function headersFault(headers: Arrival['headers']): string | null {
  if (headers.length > maxHeaders) return `The request has ${headers.length} headers; ${maxHeaders} are taken.`;
  let characters = 0;
  for (const [name, value] of headers) characters += name.length + value.length;
  if (characters <= maxHeaderCharacters) return null;
  return `The headers have ${characters} characters; ${maxHeaderCharacters} are taken.`;
}
