import type { LogChannel, LogChunk, Report } from '@nexomatic/contracts/sink-protocol';
import { fromWire, toWire } from '@nexomatic/contracts/wire-bytes';
import type { MaskStream } from '@nexomatic/redaction/mask-stream';
import type { Masker } from '@nexomatic/redaction/masker';

/** The second look at what an attempt tells, for agents that have not masked it. */
export interface AttemptMasks {
  /**
   * The bytes of a chunk. Those of one channel are looked at as one stream while they come in order. Nothing is held back for
   * it, because what a sink was told is stored must be stored: a beginning of up to five bytes at the end of a chunk is seen.
   */
  chunk(chunk: LogChunk): Uint8Array;
  report(report: Report): Report;
}

export function createAttemptMasks(masker: Masker): AttemptMasks {
  const outputs = new Map<LogChannel, { stream: MaskStream; seq: number }>();

  /** Chunks that are sent again, or come late, are looked at by themselves. */
  function streamFor({ channel, seq }: LogChunk): MaskStream {
    const output = outputs.get(channel) ?? { stream: masker.openStream(), seq: 0 };
    if (seq <= output.seq) return masker.openStream();
    output.seq = seq;
    outputs.set(channel, output);
    return output.stream;
  }

  return {
    chunk(chunk) {
      const bytes = fromWire(chunk.bytes);
      if (chunk.channel === 'record')
        return changed(bytes, (text) => mapLines(text, (line) => maskValue(line, masker)));
      const stream = streamFor(chunk);
      return Buffer.concat([stream.push(bytes), stream.cut()]);
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

const mapLines = (text: string, map: (line: string) => string): string => text.split('\n').map(map).join('\n');

/** Bytes that are no text come back as they were, unless there was something to change. */
function changed(bytes: Uint8Array, change: (text: string) => string): Uint8Array {
  const text = Buffer.from(bytes).toString();
  const after = change(text);
  return after === text ? bytes : Buffer.from(after);
}

/** What should be JSON and is not is masked as text. */
function maskValue(text: string, masker: Masker): string {
  try {
    JSON.parse(text);
  } catch {
    return masker.maskText(text);
  }
  return masker.maskJson(text);
}
