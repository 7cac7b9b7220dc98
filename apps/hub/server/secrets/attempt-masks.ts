import type { LogChannel, PlainLogChunk, Report } from '@nexomatic/contracts/sink-protocol';
import { fromWire, toWire } from '@nexomatic/contracts/wire-bytes';
import type { MaskStream } from '@nexomatic/redaction/mask-stream';
import type { Masker } from '@nexomatic/redaction/masker';

/** The second look at what an attempt tells, for agents that have not masked it. */
export interface AttemptMasks {
  /**
   * The bytes of a chunk. Those of one channel are looked at as one stream while they come in order. Nothing is held back for
   * it, because what a sink was told is stored must be stored: a beginning of up to five bytes at the end of a chunk is seen.
   * Where chunks were missed (they went to another hub, or come late or again), a chunk may begin in the middle of a secret.
   */
  chunk(chunk: PlainLogChunk): Uint8Array;
  report(report: Report): Report;
}

export function createAttemptMasks(masker: Masker): AttemptMasks {
  const outputs = new Map<LogChannel, { stream: MaskStream; seq: number }>();
  /** Numbers go through all channels: the highest that was seen, and the first one behind the last gap. */
  let [highest, gap] = [0, 0];

  function piece(bytes: Uint8Array, stream: MaskStream, missed: boolean): Uint8Array {
    if (missed) stream.missed();
    return Buffer.concat([stream.push(bytes), stream.cut()]);
  }

  function output({ channel, seq }: PlainLogChunk, bytes: Uint8Array): Uint8Array {
    if (seq > highest + 1) gap = seq;
    highest = Math.max(highest, seq);
    const known = outputs.get(channel);
    const before = known?.seq ?? 0;
    if (seq <= before) return piece(bytes, masker.openStream(), true);
    const stream = known?.stream ?? masker.openStream();
    outputs.set(channel, { stream, seq });
    return piece(bytes, stream, before < gap);
  }

  /** A record that was cut in two is no JSON, so either part is looked at as a piece of something longer. */
  function record(line: string): string {
    if (isJson(line)) return masker.maskJson(line);
    const after = piece(Buffer.from(line), masker.openStream(), true);
    return Buffer.from(after).toString();
  }

  return {
    chunk(chunk) {
      const bytes = fromWire(chunk.bytes);
      if (chunk.channel === 'record') return changed(bytes, (text) => text.split('\n').map(record).join('\n'));
      return output(chunk, bytes);
    },
    report({ message, result, ...report }) {
      return {
        ...report,
        ...(message === undefined ? {} : { message: masker.maskText(message) }),
        ...(result === undefined
          ? {}
          : { result: toWire(changed(fromWire(result), (text) => maskValue(text, masker))) }),
      };
    },
  };
}

/** Bytes that are no text come back as they were, unless there was something to change. */
function changed(bytes: Uint8Array, change: (text: string) => string): Uint8Array {
  const text = Buffer.from(bytes).toString();
  const after = change(text);
  return after === text ? bytes : Buffer.from(after);
}

/** What should be JSON and is not is masked as text. */
const maskValue = (text: string, masker: Masker): string =>
  isJson(text) ? masker.maskJson(text) : masker.maskText(text);

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
