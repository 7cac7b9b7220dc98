import { gzipSync } from 'node:zlib';
import { createSinkClient } from '@nexomatic/client/sink-client';
import { systemClock } from '@nexomatic/clock';
import type { Id } from '@nexomatic/contracts/id';
import type { LogChannel, LogChunk } from '@nexomatic/contracts/sink-protocol';
import type { Sql } from '@nexomatic/db/sql';
import { fireEvent, type Pipeline } from './fire-event.ts';

/** Bytes of a chunk, as they travel. */
export type ChunkBody = { channel: LogChannel; bytes: LogChunk['bytes'] };

/** An attempt whose log is written by the harness, over the API that agents use. */
export interface AttemptByHand {
  id: Id<'event'>;
  /** In one call, numbered on. */
  append(chunks: ChunkBody[]): Promise<void>;
  end(): Promise<void>;
}

/** Holds attempts of the pipeline's sink without running anything. */
export function sinkByHand(sql: Sql, hubUrl: string, pipeline: Pipeline) {
  const client = createSinkClient({ url: hubUrl, token: pipeline.sinkToken });
  return {
    async attempt(options: { daysAgo?: number } = {}): Promise<AttemptByHand> {
      const id = await fireEvent(sql, pipeline, options);
      const claimed = await client.claim({ eventId: id, attempt: 1 });
      if (claimed.outcome !== 'claimed') throw new Error(`${id} was not claimed: ${claimed.outcome}`);
      let seq = 0;
      return {
        id,
        async append(chunks) {
          const at = systemClock.now();
          const outcomes = await client.appendLogs(
            chunks.map((chunk) => ({ eventId: id, attempt: 1, seq: ++seq, at, ...chunk })),
          );
          if (outcomes.some((outcome) => outcome !== 'stored')) throw new Error(`${id}: ${outcomes.join()}`);
        },
        async end() {
          const outcome = await client.record({ eventId: id, attempt: 1, state: 'SUCCESS', lastLogSeq: seq });
          if (outcome !== 'recorded') throw new Error(`${id} was not recorded: ${outcome}`);
        },
      };
    },
  };
}

const chunkBytes = 64 * 1024;

/** A text in chunks of 64 KiB, as agents cut it: packed, where the hub takes that. */
export function chunksOf(text: string, { packed = true, channel = 'stdout' as LogChannel } = {}): ChunkBody[] {
  const chunks: ChunkBody[] = [];
  for (let from = 0; from < text.length; ) {
    const cut = from + chunkBytes < text.length ? text.lastIndexOf('\n', from + chunkBytes) + 1 : text.length;
    const part = text.slice(from, cut > from ? cut : from + chunkBytes);
    chunks.push({
      channel,
      bytes: packed ? { gzip: gzipSync(part, { level: 3 }).toString('base64') } : { utf8: part },
    });
    from += part.length;
  }
  return chunks;
}
