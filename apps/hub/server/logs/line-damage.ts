import type { LogEntry } from '@nexomatic/contracts/log-api';
import type { LogChannel } from '@nexomatic/contracts/sink-protocol';
import type { Gap } from './log-spans.ts';
import type { StoredChunk } from './stored-chunk.ts';

/** A line that a chunk has begun and not ended. */
export interface OpenLine {
  rest: Uint8Array;
  /** Bytes of this line that were left out behind `rest`. */
  cut: number;
  last: StoredChunk;
  /** Part of it is lost. */
  broken: boolean;
  /** Whole lines were lost since: it may have ended among them. */
  passed: boolean;
}

/** Stands where part of a line is lost. */
const ellipsis = Buffer.from('… ');
/** Of an unfinished line, so much is told where lines behind it are lost. */
const maxTold = 200;

/** Which chunks of a log are not there, and what that does to the lines around them. */
export class LineDamage {
  /** Numbers of missing chunks, and of marks in their place. */
  readonly #missing: { from: number; to: number }[] = [];
  /** Those of them in which no line ended. */
  #parts: Gap[] = [];

  missed(gap: Gap): void {
    this.#missing.push(gap);
    if (gap.lines === 0) this.#parts.push(gap);
  }

  marked(seq: number): void {
    this.#missing.push({ from: seq, to: seq });
  }

  /** What chunks were missing of which no lost line tells; asked once, at the end. */
  parts(): Gap[] {
    const parts = this.#parts;
    this.#parts = [];
    return parts;
  }

  /** What a chunk goes on with: the line that was open before it, as far as it still is. */
  openAt({ place }: StoredChunk, open: OpenLine | undefined): Pick<OpenLine, 'rest' | 'cut' | 'broken'> {
    const before = open ?? { rest: nothing, cut: 0, broken: false };
    if (!place || place.continues === open?.last.seq) return before;
    if (place.continues === 0) return open?.rest.length ? { rest: nothing, cut: 0, broken: false } : before;
    if (!this.#missing.some(({ from, to }) => from <= place.continues && place.continues <= to)) return before;
    // With no line lost in between it is still the same one.
    const begun = open && !open.passed ? open.rest : nothing;
    return {
      rest: Buffer.concat([begun, begun.length > 0 ? Buffer.from(' ') : nothing, ellipsis]),
      cut: 0,
      broken: true,
    };
  }
}

const nothing = new Uint8Array(0);

/** Notes that whole lines were lost, and gives in words for their mark what had begun before: it may never be seen elsewhere. */
export function passBegun(open: Map<LogChannel, OpenLine>): string {
  const texts = [...open.values()].flatMap((line) => {
    if (line.rest.length === 0) return [];
    line.passed = true;
    const text = Buffer.from(line.rest).toString('utf8');
    return [`“${text.slice(0, maxTold)}${text.length > maxTold ? '…' : ''}”`];
  });
  return texts.length === 0 ? '' : ` Before them a line had begun: ${texts.join(', ')}.`;
}

/** An entry as it is, said to be damaged where it is. */
export const damagedIf = (broken: boolean, entry: LogEntry): LogEntry => (broken ? { ...entry, partial: true } : entry);
