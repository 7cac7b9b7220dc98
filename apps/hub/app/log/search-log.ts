import type { FoundInLog, LogKind } from '@nexomatic/contracts/log-api';
import { type ReadProblem, readProblem } from './read-problem.ts';

/** What lines are looked for. */
export interface LogQuery {
  text: string;
  regex?: boolean;
  case?: boolean;
  kinds?: LogKind[];
}

export interface LogSearch {
  /** Numbers of the lines found so far, in order. */
  lines: readonly number[];
  searching: boolean;
  /** There are so many that the rest was not looked for. */
  more: boolean;
  /** Up to which line it has looked. */
  to: number;
  problem: ReadProblem | null;
}

export const noSearch: LogSearch = { lines: [], searching: false, more: false, to: 0, problem: null };

interface SearchOptions {
  ask: (from: number) => Promise<FoundInLog>;
  /** Lines to find at most. */
  most: number;
  changed: (search: LogSearch) => void;
}

/** Looks through all of a log on the hub, answer by answer, and on through what is added to it. */
export function createSearch({ ask, most, changed }: SearchOptions) {
  const lines: number[] = [];
  let from = 1;
  let running = false;
  let ended = false;
  const tell = (search: Partial<LogSearch>): void => {
    const now = { lines: [...lines], searching: false, more: lines.length >= most, to: from - 1, problem: null };
    if (!ended) changed({ ...now, ...search });
  };

  return {
    /** Looks on, if there are lines that were not looked at. */
    async run(total: number): Promise<void> {
      if (running || ended || from > Math.max(total, 1) || lines.length >= most) return;
      running = true;
      tell({ searching: true });
      try {
        for (let on = true; on && !ended && lines.length < most; ) {
          const found = await ask(from);
          lines.push(...found.lines);
          on = found.next !== null;
          from = found.next ?? found.total + 1;
          tell({ searching: on });
        }
      } catch (error) {
        // What the hub says about an expression that it can't read is what its writer needs.
        tell({ problem: readProblem(error) });
      } finally {
        running = false;
      }
    },
    end(): void {
      ended = true;
    },
  };
}
