import { lazy, Suspense, useState } from 'react';
import type { MenuEntry } from './menu-button.tsx';

export interface AnchoredMenuProps {
  /** What the menu opens at, and what has the focus again when it closes; null while it is closed. */
  anchor: HTMLElement | null;
  label: string;
  entries: readonly MenuEntry[];
  onClose: () => void;
}

const AnchoredPopup = lazy(() => import('./anchored-popup.tsx').then((module) => ({ default: module.AnchoredPopup })));

/** One menu for many places, such as the cells of a table. Its code is fetched when it is first opened. */
export function AnchoredMenu(props: AnchoredMenuProps) {
  const [wanted, setWanted] = useState(false);
  if (props.anchor !== null && !wanted) setWanted(true);
  return wanted ? (
    <Suspense fallback={null}>
      <AnchoredPopup {...props} />
    </Suspense>
  ) : null;
}
