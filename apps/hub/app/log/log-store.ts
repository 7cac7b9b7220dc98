import type { LogEntry, LogLines } from '@nexomatic/contracts/log-api';
import { type AnsiStyle, plainStyle } from './ansi.ts';
import type { GroupMark } from './group-mark.ts';
import type { ReadProblem } from './read-problem.ts';
import { type LogLine, toLine } from './to-line.ts';

/** Lines that are asked for at once. */
export const pageLines = 1_000;
/** Pages that are kept; those farthest from what is looked at go first. */
const maxPages = 60;
/** How far back the colour is looked for that a stream has left on. */
const maxLookBack = 100;

export type LostLines = LogLines['lost'][number];

export interface LogState {
  /** Attempt that the lines are of; 0 while there is none. */
  attempt: number;
  total: number;
  /** The first record of level error. */
  error: number | null;
  /** The line that it was opened at, where it was opened at one. */
  asked: number | null;
  /** Errors among the lines that were read, in the order of reading. */
  errors: readonly number[];
  marks: ReadonlyMap<number, GroupMark>;
  /** Lines that are not there, in order: of each range only the first has a row, which says so. */
  lost: readonly LostLines[];
  status: 'opening' | 'following' | 'complete' | 'interrupted';
  /** Some of it is read from the archive, which takes longer. */
  archived: boolean;
  /** Lines are being read out of the archive. */
  fetching: boolean;
  /** Why it can not be opened or followed just now. */
  problem: ReadProblem | null;
  /** Why lines that are looked at can not be read just now. */
  unread: ReadProblem | null;
}

export interface LogStore {
  state(): LogState;
  subscribe(listener: () => void): () => void;
  /** Undefined while it has not been read. */
  line(number: number): LogLine | undefined;
  /** Up to which line all were read. */
  readTo(): number;
  put(entries: readonly LogEntry[], lost?: readonly LostLines[]): void;
  set(state: Partial<LogState>): void;
  /** Reads what is missing of these lines. Settles when they are there. */
  ensure(from: number, to: number): Promise<void>;
}

/** The lines of a log by number, as far as they were read; the rest is read when it is wanted. */
export function createLogStore(read: (from: number) => Promise<LogLines>): LogStore {
  const pages = new Map<number, Map<number, LogLine>>();
  const reading = new Map<number, Promise<void>>();
  const listeners = new Set<() => void>();
  const marks = new Map<number, GroupMark>();
  let state: LogState = {
    attempt: 0,
    total: 0,
    error: null,
    asked: null,
    errors: [],
    marks,
    lost: [],
    status: 'opening',
    archived: false,
    fetching: false,
    problem: null,
    unread: null,
  };

  const pageOf = (number: number): number => Math.floor((number - 1) / pageLines);
  const line = (number: number): LogLine | undefined => pages.get(pageOf(number))?.get(number);

  function styleBefore({ line: number, channel }: LogEntry): AnsiStyle {
    for (let at = number - 1; at > 0 && at >= number - maxLookBack; at--) {
      const before = line(at);
      if (!before) break;
      if (before.kind === channel) return before.style;
    }
    return plainStyle;
  }

  function set(change: Partial<LogState>): void {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  }

  function put(entries: readonly LogEntry[], lost: readonly LostLines[] = []): void {
    lose([
      ...lost,
      ...entries.flatMap(({ line, through = line }) => (through > line ? [{ from: line, to: through }] : [])),
    ]);
    const errors = [...state.errors];
    let total = state.total;
    let marked = false;
    for (const entry of entries) {
      total = Math.max(total, entry.through ?? entry.line);
      if (line(entry.line)) continue;
      const one = toLine(entry, styleBefore(entry));
      const number = pageOf(entry.line);
      const page = pages.get(number) ?? new Map<number, LogLine>();
      pages.set(number, page.set(entry.line, one));
      if (one.kind === 'error') errors.push(entry.line);
      if (one.mark) {
        marks.set(entry.line, one.mark);
        marked = true;
      }
    }
    forget();
    set({ total, errors, ...(marked ? { marks: new Map(marks) } : {}) });
  }

  /** Notes ranges of lines that are not there. */
  function lose(ranges: readonly LostLines[]): void {
    const known = new Map(state.lost.map((range) => [range.from, range]));
    const news = ranges.filter(({ from, to }) => (known.get(from)?.to ?? 0) < to);
    if (news.length === 0) return;
    for (const range of news) known.set(range.from, range);
    set({ lost: [...known.values()].sort((a, b) => a.from - b.from) });
  }

  function lostOf(page: number): number {
    const [first, last] = [page * pageLines + 1, (page + 1) * pageLines];
    return state.lost.reduce(
      (sum, { from, to }) => sum + Math.max(0, Math.min(to, last) - Math.max(from + 1, first) + 1),
      0,
    );
  }
  const wantedOf = (page: number): number => Math.min(pageLines, state.total - page * pageLines);
  const has = (page: number): boolean => (pages.get(page)?.size ?? 0) >= wantedOf(page) - lostOf(page);

  /** Lines that are very long come in several answers. */
  async function readPage(page: number): Promise<void> {
    let from = page * pageLines + 1;
    const end = from + wantedOf(page);
    while (from < end && !has(page)) {
      const { entries, lost } = await read(from);
      put(entries, lost);
      const last = entries.at(-1);
      from = (last?.through ?? last?.line ?? end) + 1;
    }
  }

  function isRead(page: number): void {
    reading.delete(page);
    if (reading.size === 0 && state.fetching) set({ fetching: false });
  }

  /** Where its reader was last; the end of a log that is written is near to that too. */
  let near = 0;
  function forget(): void {
    if (pages.size <= maxPages) return;
    const end = pageOf(state.total);
    const farness = (page: number): number => Math.min(Math.abs(page - near), Math.abs(page - end));
    const far = [...pages.keys()].sort((a, b) => farness(b) - farness(a));
    for (const page of far.slice(0, pages.size - maxPages)) pages.delete(page);
  }

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    line,
    readTo() {
      for (let page = 0; page * pageLines < state.total; page++) {
        if (has(page)) continue;
        let before = page * pageLines;
        for (;;) {
          const range = state.lost.find(({ from, to }) => before >= from && before < to);
          if (range) before = range.to;
          else if (line(before + 1)) before += 1;
          else return before;
        }
      }
      return state.total;
    },
    put,
    set,
    async ensure(from, to) {
      const first = pageOf(Math.max(1, from));
      const last = pageOf(Math.min(to, state.total));
      near = first;
      forget();
      const wanted: Promise<void>[] = [];
      for (let page = first; page <= last; page++) {
        if (has(page)) continue;
        const job = reading.get(page) ?? readPage(page).finally(() => isRead(page));
        reading.set(page, job);
        wanted.push(job);
      }
      if (wanted.length > 0 && state.archived) set({ fetching: true });
      await Promise.all(wanted);
    },
  };
}
