import type { LogChannel } from '@nexomatic/contracts/sink-protocol';

/** A chunk as it was sent. */
export interface StoredChunk {
  seq: number;
  channel: LogChannel;
  at: Date;
  body: Uint8Array;
  /** Where it stands in its log; an agent that does not count says nothing of it. */
  place?: ChunkPlace | null;
  /** It is no output: its body says what was lost here. */
  lost?: LostHere | null;
}

export interface ChunkPlace {
  /** Line feeds of the log before it, in what was lost too. */
  before: number;
  /** The chunk whose last line of this channel goes on here; 0 where it begins with a line. */
  continues: number;
}

export interface LostHere {
  /** 0: nobody knows, or part of a line; the mark is a line of its own then. */
  lines: number;
  why: string;
  /** What comes behind it is lost too, until the next chunk that there is. */
  goesOn: boolean;
}
