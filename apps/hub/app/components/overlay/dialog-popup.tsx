import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from '../icons.ts';
import type { DialogProps } from './dialog.tsx';

/** What `Dialog` shows. Loaded when it is first opened. */
export function DialogPopup({ open, onOpenChange, title, children, footer, wide }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className="dialog-backdrop" />
        <Base.Popup className={wide ? 'dialog dialog-wide' : 'dialog'}>
          <div className="flex items-center justify-between gap-4">
            <Base.Title className="text-lg">{title}</Base.Title>
            <Base.Close className="icon-button" aria-label="Close">
              <X size={16} aria-hidden="true" />
            </Base.Close>
          </div>
          <div className="dialog-body">{children}</div>
          {footer ? <div className="dialog-footer">{footer}</div> : null}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
