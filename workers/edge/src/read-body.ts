import { letFinish } from './let-finish.ts';

export type BodyOutcome =
  | { kind: 'read'; body: Uint8Array<ArrayBuffer> }
  | { kind: 'too_large' }
  | { kind: 'timed_out' }
  /** The sender went away. */
  | { kind: 'broken' };

/** The body of one request, on its way in. */
export interface IncomingBody {
  /** Its bytes; asked again with a larger cap, it goes on where it stopped. */
  read(maxBytes: number): Promise<BodyOutcome>;
  /** Ends what is left of a body that was not read whole, in a way that lets its sender see the answer. */
  dismiss(): Promise<void>;
}

/**
 * Takes in a body, never more of it in memory than the cap and one chunk. A body of declared length is refused before it
 * is read, and is read in one call: the HTTP parser sees to it that no more comes than was declared.
 */
export function incomingBody(request: Request, timeoutMs: number): IncomingBody {
  const declared = request.headers.get('content-length');
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  const chunks: Uint8Array[] = [];
  let size = 0;
  let end: Exclude<BodyOutcome, { kind: 'too_large' }> | null = null;

  async function readOn(maxBytes: number): Promise<BodyOutcome> {
    // Not asked for where the length is known: in Node, a request's `body` is a second stream around the first.
    if (declared === null) reader ??= request.body?.getReader();
    if (!reader) return { kind: 'read', body: new Uint8Array(await request.arrayBuffer()) };
    while (size <= maxBytes) {
      const { done, value } = await reader.read();
      if (done) return { kind: 'read', body: joined(chunks, size) };
      size += value.byteLength;
      chunks.push(value);
    }
    return { kind: 'too_large' };
  }

  return {
    async read(maxBytes) {
      if (end?.kind === 'read' && end.body.byteLength > maxBytes) return { kind: 'too_large' };
      if (end) return end;
      if (declared !== null && Number(declared) > maxBytes) return { kind: 'too_large' };
      const late = Promise.withResolvers<BodyOutcome>();
      const timer = setTimeout(late.resolve, timeoutMs, { kind: 'timed_out' });
      // Reading fails only when the connection ends; with which error differs by platform.
      const reading = readOn(maxBytes).catch((): BodyOutcome => ({ kind: 'broken' }));
      const outcome = await Promise.race([reading, late.promise]);
      clearTimeout(timer);
      if (outcome.kind !== 'too_large') end = outcome;
      return outcome.kind === 'read' && outcome.body.byteLength > maxBytes ? { kind: 'too_large' } : outcome;
    },
    async dismiss() {
      // One that nobody began to read is left to the platform, which answers before it hangs up.
      if (!reader || end?.kind === 'read') return;
      chunks.length = 0;
      try {
        if (end === null) await letFinish(reader);
        await reader.cancel();
      } catch {
        // The connection has ended, and with it what was to be taken in.
      }
    },
  };
}

/** The body's bytes, or why there are none. */
export async function readBody(
  request: Request,
  { maxBytes, timeoutMs }: { maxBytes: number; timeoutMs: number },
): Promise<BodyOutcome> {
  const body = incomingBody(request, timeoutMs);
  const outcome = await body.read(maxBytes);
  if (outcome.kind !== 'read') await body.dismiss();
  return outcome;
}

function joined(chunks: Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const body = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.byteLength;
  }
  return body;
}
