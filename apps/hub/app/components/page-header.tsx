import type { ReactNode } from 'react';

/** A page's one heading, and what belongs beside it. */
export function PageHeader({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-x-4 gap-y-2">
      <h1 className="wrap-anywhere text-xl">{title}</h1>
      {children}
    </div>
  );
}
