import { lazy, Suspense, useState } from 'react';
import { Columns3 } from '../icons.ts';

export interface ColumnMenuProps {
  columns: readonly { id: string; header: string; shown: boolean }[];
  onToggle: (id: string, shown: boolean) => void;
  onReset: () => void;
}

const ColumnPopup = lazy(() => import('./column-popup.tsx').then((module) => ({ default: module.ColumnPopup })));

/** The button that chooses the columns of a table. */
export function ColumnMenu(props: ColumnMenuProps) {
  const [wanted, setWanted] = useState(false);
  const button = (
    <button
      type="button"
      className="icon-button"
      aria-haspopup="menu"
      aria-label="Choose columns"
      onClick={() => setWanted(true)}
    >
      <Columns3 size={14} aria-hidden="true" />
    </button>
  );
  return wanted ? (
    <Suspense fallback={button}>
      <ColumnPopup {...props} />
    </Suspense>
  ) : (
    button
  );
}
