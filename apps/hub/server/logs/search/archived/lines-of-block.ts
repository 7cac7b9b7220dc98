import type { LogChannel } from '@nexomatic/contracts/sink-protocol';
import type { ArchiveKind } from '@nexomatic/db/ledger/log-archives';
import { maxBlocksBack } from '../../../archive/archived-logs.ts';
import { openBefore } from '../../chunk-source.ts';
import type { StoredChunk } from '../../stored-chunk.ts';
import { type BegunLine, createBegunLineReader } from '../begun-lines.ts';

/** How many blocks on the end of a line is looked for. */
const maxBlocksOn = 8;

/** The blocks of one archived log. */
export interface LogBlocks {
  kind: ArchiveKind;
  count: number;
  read(index: number): Promise<StoredChunk[]>;
}

/** The lines that begin in one block of a log, whole where they go on in the next. */
export async function linesOfBlock({ kind, count, read }: LogBlocks, index: number): Promise<BegunLine[]> {
  const kept = new Map<number, Promise<StoredChunk[]>>();
  const block = (at: number): Promise<StoredChunk[]> => {
    const chunks = kept.get(at) ?? read(at);
    kept.set(at, chunks);
    return chunks;
  };

  async function lastBefore(seq: number, channel: LogChannel): Promise<StoredChunk | null> {
    if ((kind === 'records') !== (channel === 'record')) return null;
    for (let at = index - 1; at >= Math.max(0, index - maxBlocksBack); at--) {
      const found = (await block(at)).findLast((chunk) => chunk.seq < seq && chunk.channel === channel);
      if (found) return found;
    }
    return null;
  }

  const chunks = await block(index);
  const [first, last] = [chunks[0], chunks.at(-1)];
  if (!first || !last) return [];
  const reader = createBegunLineReader();
  if (index > 0) for (const chunk of await openBefore({ lastBefore }, first.seq - 1)) reader.read(chunk);
  const isHere = ({ seq }: BegunLine) => seq >= first.seq && seq <= last.seq;
  const lines = chunks.flatMap((chunk) => reader.read(chunk));
  for (let at = index + 1; at < Math.min(count, index + 1 + maxBlocksOn) && reader.open().some(isHere); at++)
    for (const chunk of await block(at)) lines.push(...reader.read(chunk));
  return [...lines, ...reader.open()].filter(isHere);
}
