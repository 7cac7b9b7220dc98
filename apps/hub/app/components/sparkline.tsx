interface SparklineProps {
  /** Oldest first. */
  values: readonly number[];
  /** What the curve is about, read out with its range: "Events per hour in the last 24 hours". */
  label: string;
  width?: number;
  height?: number;
  /** Highest value of the scale, for curves that are to be compared; by default the highest of its own. */
  max?: number;
}

/** A curve as small as a word, drawn by the server. Its figures are told in words too. */
export function Sparkline({ values, label, width = 96, height = 24, max }: SparklineProps) {
  const line = sparkPath(values, { width, height, max });
  return (
    <svg className="sparkline" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img">
      <title>{sparkText(values, label)}</title>
      {line === '' ? null : (
        <>
          <path className="sparkline-area" d={`${line}V${height}H1Z`} />
          <path className="sparkline-line" d={line} />
        </>
      )}
    </svg>
  );
}

/** The curve from the left edge to the right, a pixel away from every border so that its line is not cut. */
export function sparkPath(
  values: readonly number[],
  { width, height, max }: { width: number; height: number; max?: number | undefined },
): string {
  if (values.length === 0) return '';
  const top = Math.max(max ?? 0, ...values, 1);
  const step = (width - 2) / Math.max(values.length - 1, 1);
  const point = (value: number, at: number): string =>
    `${round(1 + at * step)} ${round(height - 1 - (value / top) * (height - 2))}`;
  // One value alone is a level line.
  const points = values.length === 1 ? [...values, ...values] : values;
  return `M${points.map(point).join('L')}`;
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** "…: 0 to 41, last 12". */
export function sparkText(values: readonly number[], label: string): string {
  if (values.length === 0) return `${label}: no figures`;
  return `${label}: ${Math.min(...values)} to ${Math.max(...values)}, last ${values.at(-1)}`;
}
