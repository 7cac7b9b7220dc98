import type { ReactNode } from 'react';

/** What stands where a list or pane has nothing to show: what that means, and the next step. */
export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-3 px-4 py-14 text-center">
      <h2 className="text-lg">{title}</h2>
      <div className="flex max-w-xl flex-col items-center gap-4 text-muted">{children}</div>
    </div>
  );
}
