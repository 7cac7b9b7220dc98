/** The product's mark: an event that leads to the next. */
export function BrandMark({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" fill="none" aria-hidden="true">
      <path d="M5 15V5l10 10V5" stroke="currentColor" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round" />
      <circle cx="5" cy="15" r="2.6" fill="currentColor" />
      <circle cx="15" cy="5" r="2.6" fill="var(--color-accent)" />
    </svg>
  );
}
