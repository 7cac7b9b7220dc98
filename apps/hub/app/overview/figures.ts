import type { OverviewFigures } from '@nexomatic/contracts/overview-api';
import { formatDuration } from '../time/format-time.ts';

/** What the figures of the Overview come to, and how they are written. */

export const ended = ({ success, warning, error }: OverviewFigures): number => success + warning + error;

/** Share of the ended events that succeeded, from 0 to 1; warnings are counted apart. Null when none ended. */
export function successRate(figures: OverviewFigures): number | null {
  const all = ended(figures);
  return all === 0 ? null : figures.success / all;
}

/** "12,345": the same on every machine, whatever its locale. */
export const formatCount = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

/** "1 event", "12,345 events". */
export const countOf = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

/** "99.9 %"; never 100 % while anything is missing to it, and never 0 % while there is something. */
export function formatShare(share: number): string {
  if (share === 0 || share === 1) return `${share * 100} %`;
  const tenths = Math.min(999, Math.max(1, Math.round(share * 1000)));
  return `${tenths / 10} %`;
}

/** A duration that was interpolated: "< 1 ms", "41 ms", "1.2 s". */
export const formatMs = (ms: number): string => (ms < 1 ? '< 1 ms' : formatDuration(ms));

interface Delta {
  text: string;
  rising: boolean;
  good: boolean | null;
}

/** How a figure differs from that of the period before; undefined where there is nothing to compare, or no difference. */
export function relativeDelta(
  now: number | null,
  before: number | null,
  goodWhen: 'rising' | 'falling' | null,
): Delta | undefined {
  if (now === null || before === null || before === 0) return undefined;
  const change = now / before - 1;
  const percent = Math.round(Math.abs(change) * 100);
  if (percent === 0) return undefined;
  return { text: change > 9.99 ? '> 10 ×' : `${percent} %`, ...direction(change, goodWhen) };
}

/** The same for a share, in percentage points. */
export function shareDelta(now: number | null, before: number | null): Delta | undefined {
  if (now === null || before === null) return undefined;
  const tenths = Math.round((now - before) * 1000);
  return tenths === 0 ? undefined : { text: `${Math.abs(tenths) / 10} pp`, ...direction(tenths, 'rising') };
}

function direction(change: number, goodWhen: 'rising' | 'falling' | null): Pick<Delta, 'rising' | 'good'> {
  const rising = change > 0;
  return { rising, good: goodWhen === null ? null : rising === (goodWhen === 'rising') };
}
