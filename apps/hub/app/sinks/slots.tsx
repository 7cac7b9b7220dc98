/** How many of a sink's slots are busy. Widths are SVG attributes, because the page's policy forbids style attributes. */
export function Slots({ running, slots }: { running: number; slots: number }) {
  const width = slots > 0 ? Math.min(100, (running / slots) * 100) : 0;
  return (
    <span className="inline-flex items-center gap-2 tabular-nums">
      <svg className="slot-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
        <rect width={width} height="10" />
      </svg>
      {running} / {slots}
    </span>
  );
}

/** A count that stops at a thousand (R6). */
export const countWord = (count: number): string => (count > 1_000 ? '1,000+' : String(count));
