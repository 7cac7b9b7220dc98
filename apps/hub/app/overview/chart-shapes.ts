/**
 * Shapes of the charts. They are drawn into a box of one unit per step and 100 units of height that is stretched to the page,
 * so that the server draws them without knowing how wide it is.
 */
export const boxHeight = 100;

/** The next round figure that is not below the value: where the scale ends. */
export function niceMax(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((one) => one * power >= value * 0.999_999) ?? 10;
  return Number((factor * power).toPrecision(6));
}

export interface Bar {
  step: number;
  y: number;
  height: number;
}

/** One bar per step that has any, standing on those of the series before it. */
export function stackBars(series: readonly (readonly number[])[], max: number): Bar[][] {
  const tops = new Array<number>(series[0]?.length ?? 0).fill(0);
  return series.map((values) =>
    values.flatMap((value, step) => {
      if (value === 0) return [];
      const from = tops[step] ?? 0;
      tops[step] = from + value;
      const height = round((value / max) * boxHeight);
      return [{ step, y: round(boxHeight - ((from + value) / max) * boxHeight), height }];
    }),
  );
}

/** A line through the middles of the steps. It is broken where there is no value; a value alone becomes a short level line. */
export function linePath(values: readonly (number | null)[], { min = 0, max }: { min?: number; max: number }): string {
  const height = (value: number): number => round(boxHeight - ((value - min) / (max - min || 1)) * boxHeight);
  let path = '';
  values.forEach((value, step) => {
    if (value === null) return;
    const [before, after] = [values[step - 1] ?? null, values[step + 1] ?? null];
    if (before !== null) path += `L${step + 0.5} ${height(value)}`;
    else if (after !== null) path += `M${step + 0.5} ${height(value)}`;
    else path += `M${step + 0.2} ${height(value)}h0.6`;
  });
  return path;
}

/** Where the scale of a share begins: near 100 %, differences that matter are small. */
export function shareFloor(shares: readonly (number | null)[]): number {
  const lowest = Math.min(1, ...shares.filter((share) => share !== null));
  return [0.95, 0.9, 0.8, 0.5].find((floor) => floor < lowest) ?? 0;
}

const round = (value: number): number => Math.round(value * 100) / 100;

/** The step at a place within a chart of that width. */
export function stepAt(x: number, width: number, steps: number): number {
  return Math.min(steps - 1, Math.max(0, Math.floor((x / Math.max(width, 1)) * steps)));
}
