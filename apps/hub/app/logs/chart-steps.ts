import type { LogHistogram } from '@nexomatic/contracts/log-search-api';
import { levels } from './level-mark.tsx';

/** A bar of the chart, also where nothing was written. */
export type ChartStep = LogHistogram['bars'][number];

/** All steps of the range, oldest first. */
export function chartSteps(
  { stepSeconds, bars }: LogHistogram,
  { since, until }: { since: string; until: string },
): ChartStep[] {
  const stepMs = stepSeconds * 1_000;
  const known = new Map(bars.map((bar) => [Date.parse(bar.at), bar]));
  const steps: ChartStep[] = [];
  for (let at = Math.floor(Date.parse(since) / stepMs) * stepMs; at < Date.parse(until); at += stepMs)
    steps.push(known.get(at) ?? { at: new Date(at).toISOString(), counts: sumOf([]) });
  return steps;
}

export const totalOf = ({ counts }: ChartStep): number => levels.reduce((sum, { level }) => sum + counts[level], 0);

/** The counts of several steps together. */
export function sumOf(steps: readonly ChartStep[]): ChartStep['counts'] {
  const sum = { none: 0, debug: 0, info: 0, warn: 0, error: 0 };
  for (const { counts } of steps) for (const { level } of levels) sum[level] += counts[level];
  return sum;
}
