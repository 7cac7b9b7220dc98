/** A part of the day ahead, and how many runs are due in it. */
export interface Quarter {
  at: string;
  runs: number;
}

/** The part with the most runs, where it stands out from the others: a day that is level has none. */
export function busiest(steps: readonly Quarter[]): Quarter | null {
  const [first, ...others] = steps.toSorted((one, other) => other.runs - one.runs);
  return first && first.runs > 1 && first.runs > (others[0]?.runs ?? 0) ? first : null;
}

/** "1 run", "1,204 runs" */
export const countRuns = (count: number): string => `${count.toLocaleString('en')} ${count === 1 ? 'run' : 'runs'}`;
