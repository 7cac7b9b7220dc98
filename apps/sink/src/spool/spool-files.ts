import { type FileHandle, mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { type LogChunk, logChunkSchema, type Report, reportSchema } from '@nexomatic/contracts/sink-protocol';
import * as z from 'zod';

/** A file that is this large is followed by the next. */
const segmentBytes = 4 * 1024 * 1024;
const segmentName = /^(\d{10})\.ndjson$/;

/** What waits for the hub. */
export type SpoolEntry = { log: LogChunk } | { report: Report };
const entrySchema = z.union([z.object({ log: logChunkSchema }), z.object({ report: reportSchema })]);

interface Segment {
  number: number;
  bytes: number;
}

/**
 * Files of one JSON value a line, written at the end and read from the beginning, in the order in which they came. A file
 * goes when all of it was delivered; after a crash it is delivered once more from its beginning, which changes nothing.
 */
export class SpoolFiles {
  readonly #folder: string;
  readonly #segments: Segment[];
  /** The last segment, while it is being written to. */
  #writing: FileHandle | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(folder: string, segments: Segment[]) {
    this.#folder = folder;
    this.#segments = segments;
  }

  /** Opens the folder with whatever an earlier process left there. */
  static async open(folder: string): Promise<SpoolFiles> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const segments: Segment[] = [];
    for (const name of (await readdir(folder)).toSorted()) {
      const number = Number(segmentName.exec(name)?.[1] ?? Number.NaN);
      if (Number.isInteger(number)) segments.push({ number, bytes: (await stat(path.join(folder, name))).size });
    }
    return new SpoolFiles(folder, segments);
  }

  get bytes(): number {
    return this.#segments.reduce((sum, segment) => sum + segment.bytes, 0);
  }

  /** Settles when it is written; with `durable`, when it is on the disk. */
  append(entries: SpoolEntry[], { durable }: { durable: boolean }): Promise<void> {
    return this.#inTurn(async () => {
      const text = entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
      const segment = await this.#segmentToWrite();
      try {
        await this.#writing?.appendFile(text);
        segment.bytes += Buffer.byteLength(text);
        if (durable) await this.#writing?.datasync();
      } catch (error) {
        await this.#leave(segment);
        throw error;
      }
    });
  }

  /** What comes after a line that was written in part, on a full disk, would be lost with it: it goes into another file. */
  async #leave(segment: Segment): Promise<void> {
    // Why it failed is told already.
    await this.#endWriting().catch(() => undefined);
    this.#writing = undefined;
    if (segment.bytes === 0) await this.#remove(segment);
  }

  /** The oldest file's entries, and what removes it once they were delivered. Null when there is nothing. */
  oldest(): Promise<{ entries: SpoolEntry[]; remove(): Promise<void> } | null> {
    return this.#inTurn(async () => {
      const [segment] = this.#segments;
      if (!segment) return null;
      // What comes from now on goes into the next file.
      if (this.#segments.length === 1) await this.#endWriting();
      const entries = parseLines(await readFile(this.#pathOf(segment), 'utf8'));
      return { entries, remove: () => this.#inTurn(() => this.#remove(segment)) };
    });
  }

  async close(): Promise<void> {
    await this.#inTurn(() => this.#endWriting());
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  async #segmentToWrite(): Promise<Segment> {
    const last = this.#segments.at(-1);
    if (last && this.#writing && last.bytes < segmentBytes) return last;
    await this.#endWriting();
    const next = { number: (last?.number ?? 0) + 1, bytes: 0 };
    this.#writing = await open(this.#pathOf(next), 'a', 0o600);
    this.#segments.push(next);
    return next;
  }

  async #endWriting(): Promise<void> {
    await this.#writing?.close();
    this.#writing = undefined;
  }

  async #remove(segment: Segment): Promise<void> {
    await rm(this.#pathOf(segment), { force: true });
    this.#segments.splice(this.#segments.indexOf(segment), 1);
  }

  #pathOf({ number }: Segment): string {
    return path.join(this.#folder, `${String(number).padStart(10, '0')}.ndjson`);
  }
}

/** A last line that a crash cut off is no entry: whoever wrote it was never told that it was kept. */
function parseLines(text: string): SpoolEntry[] {
  return text.split('\n').flatMap((line) => {
    try {
      return line === '' ? [] : [entrySchema.parse(JSON.parse(line))];
    } catch {
      return [];
    }
  });
}
