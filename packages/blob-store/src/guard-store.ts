import { createHash } from 'node:crypto';
import { type Readable, Transform } from 'node:stream';
import type { Backend, BlobPage } from './backend.ts';
import { BlobError, type BlobStore, checkKey, type NewBlob } from './blob-store.ts';

/** Slowest that an upload may be before it counts as hanging. */
const slowestBytesPerMs = 100;

/** Makes a store of a backend: with time limits, checks of what goes in and comes out, and one kind of error. */
export function guardStore(backend: Backend, answerWithinMs: number): BlobStore {
  const { place } = backend;

  function explain(error: unknown): Error {
    if (error instanceof BlobError) return error;
    const known = backend.explain(error);
    if (known) return known;
    const reason = error instanceof Error && 'code' in error ? String(error.code) : '';
    // First: clients call it a time-out, too, when the store hangs up.
    if (networkFaults.test(reason))
      return new BlobError('unavailable', `${place} can't be reached (${reason})`, { cause: error });
    const timedOut = error instanceof Error && /^(?:AbortError|TimeoutError)$/.test(error.name);
    if (timedOut) return new BlobError('unavailable', `${place} gave no answer in time`, { cause: error });
    return error instanceof Error ? error : new Error(String(error));
  }

  async function ask<T>(withinMs: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    try {
      return await work(AbortSignal.timeout(Math.ceil(withinMs)));
    } catch (error) {
      throw explain(error);
    }
  }

  return {
    place,
    async putIfAbsent(key, blob) {
      checkKey(key);
      // Clients wrap what a body breaks off with in errors of their own, or wait for more of it.
      const broken = new AbortController();
      const open = () => checked(key, blob).on('error', (error) => broken.abort(error));
      return await ask(answerWithinMs + blob.size / slowestBytesPerMs, async (late) => {
        try {
          return await backend.put(key, blob.size, blob.sha256, open, AbortSignal.any([late, broken.signal]));
        } catch (error) {
          throw broken.signal.reason instanceof BlobError ? broken.signal.reason : error;
        }
      });
    },
    async *read(key, range) {
      checkKey(key);
      let left = range.length;
      if (left === 0) return;
      // From one piece to the next, so that a long object may take its time and a silent store may not.
      const idle = new AbortController();
      const silent = () => idle.abort(new DOMException('silent for too long', 'TimeoutError'));
      let timer = setTimeout(silent, answerWithinMs);
      let stream: Readable | undefined;
      try {
        stream = await backend.open(key, range, idle.signal);
        const opened = stream;
        idle.signal.addEventListener('abort', () => opened.destroy(idle.signal.reason), { once: true });
        for await (const piece of stream as AsyncIterable<Uint8Array>) {
          clearTimeout(timer);
          left -= piece.length;
          if (left < 0) break;
          yield piece;
          timer = setTimeout(silent, answerWithinMs);
        }
        if (left !== 0)
          throw new BlobError(
            'corrupt',
            `${place} gave ${range.length - left} bytes of ${key} instead of ${range.length}`,
          );
      } catch (error) {
        throw explain(error);
      } finally {
        clearTimeout(timer);
        stream?.destroy();
      }
    },
    async head(key) {
      checkKey(key);
      const size = await ask(answerWithinMs, (signal) => backend.size(key, signal));
      return size === null ? null : { size };
    },
    async *list(prefix) {
      let from: string | null = null;
      do {
        const start: string | null = from;
        const page: BlobPage = await ask(answerWithinMs, (signal) => backend.page(prefix, start, signal));
        yield* page.blobs;
        from = page.next;
      } while (from !== null);
    },
    async delete(key) {
      checkKey(key);
      await ask(answerWithinMs, (signal) => backend.delete(key, signal));
    },
    close: () => backend.close(),
  };
}

const networkFaults =
  /^(?:ECONNREFUSED|ECONNRESET|ECONNABORTED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENETUNREACH|ENETDOWN|ERR_STREAM_PREMATURE_CLOSE)$/;

/**
 * The bytes of a new object, broken off when they are not those that were announced. The last piece is held back until all
 * are known: a store that has them all would keep them.
 */
function checked(key: string, { size, sha256, open }: NewBlob): Readable {
  const hash = createHash('sha256');
  let held: Uint8Array | null = null;
  let length = 0;
  const check = new Transform({
    transform(piece: Uint8Array, _encoding, done) {
      hash.update(piece);
      length += piece.length;
      if (held) this.push(held);
      held = piece;
      done();
    },
    flush(done) {
      if (length !== size || !hash.digest().equals(sha256)) {
        done(new BlobError('corrupt', `the bytes for ${key} are not those that were announced; nothing was stored`));
        return;
      }
      if (held) this.push(held);
      done();
    },
  });
  const source = open();
  source.on('error', (error) => check.destroy(error));
  check.on('close', () => source.destroy());
  return source.pipe(check);
}
