import { letFinish } from './let-finish.ts';

export type BodyOutcome =
  | { kind: 'read'; body: Uint8Array<ArrayBuffer> }
  | { kind: 'too_large' }
  | { kind: 'timed_out' }
  /** The sender went away. */
  | { kind: 'broken' };

interface Limits {
  maxBytes: number;
  timeoutMs: number;
}

/**
 * The body's bytes, never more of them in memory than the cap and one chunk. A body of declared length is refused
 * before it is read, and is read in one call: the HTTP parser sees to it that no more comes than was declared.
 */
export async function readBody(request: Request, { maxBytes, timeoutMs }: Limits): Promise<BodyOutcome> {
  const declared = request.headers.get('content-length');
  if (declared !== null && Number(declared) > maxBytes) return { kind: 'too_large' };
  // Not asked for where the length is known: in Node, a request's `body` is a second stream around the first.
  const reader = declared === null ? request.body?.getReader() : undefined;
  const late = Promise.withResolvers<BodyOutcome>();
  const timer = setTimeout(late.resolve, timeoutMs, { kind: 'timed_out' });
  try {
    const outcome = await Promise.race([
      reader ? readCapped(reader, maxBytes) : readWhole(request, maxBytes),
      late.promise,
    ]);
    if (reader && outcome.kind === 'too_large') await letFinish(reader);
    if (outcome.kind !== 'read') await reader?.cancel();
    return outcome;
  } catch {
    // Reading fails only when the connection ends; with which error differs by platform.
    return { kind: 'broken' };
  } finally {
    clearTimeout(timer);
  }
}

async function readWhole(request: Request, maxBytes: number): Promise<BodyOutcome> {
  const body = new Uint8Array(await request.arrayBuffer());
  return body.byteLength > maxBytes ? { kind: 'too_large' } : { kind: 'read', body };
}

async function readCapped(reader: ReadableStreamDefaultReader<Uint8Array>, maxBytes: number): Promise<BodyOutcome> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > maxBytes) return { kind: 'too_large' };
    chunks.push(value);
  }
  const body = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.byteLength;
  }
  return { kind: 'read', body };
}
