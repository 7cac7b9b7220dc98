import { lazy, type ReactNode, Suspense, useState } from 'react';

export interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  children: ReactNode;
  /** Its buttons, in the order of reading; the one that acts comes last. */
  footer?: ReactNode;
  wide?: boolean;
}

const DialogPopup = lazy(() => import('./dialog-popup.tsx').then((module) => ({ default: module.DialogPopup })));

/** A modal dialog. Its code is fetched when one is first opened. */
export function Dialog(props: DialogProps) {
  const [wanted, setWanted] = useState(props.open);
  if (props.open && !wanted) setWanted(true);
  return wanted ? (
    <Suspense fallback={null}>
      <DialogPopup {...props} />
    </Suspense>
  ) : null;
}
