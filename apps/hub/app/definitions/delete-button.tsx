import type { Reference } from '@nexomatic/contracts/error-code';
import { type ReactNode, useState } from 'react';
import { Trash2 } from '../components/icons.ts';
import { DangerDialog } from '../components/overlay/danger-dialog.tsx';

interface DeleteButtonProps {
  /** "action hello". */
  what: string;
  /** What refers to it and keeps it from being deleted (R19). */
  references?: readonly Reference[];
  /** Why it can't be deleted while there are references; "use" of which kind. */
  blockedText?: string;
  /** What deleting it means. */
  children: ReactNode;
  /** Has to be typed where the loss can't be made good. */
  typeName?: string;
  word?: string;
  fields?: Record<string, string>;
  /** Address that takes the POST, where it is not the page at hand. */
  action?: string;
}

/** Asks, then posts `intent=delete`. */
export function DeleteButton(props: DeleteButtonProps) {
  const { what, references = [], blockedText, children, typeName, word = 'Delete', fields, action } = props;
  const [open, setOpen] = useState(false);
  const blocked = blockedText !== undefined && references.length > 0;
  return (
    <>
      <button type="button" className="button" onClick={() => setOpen(true)}>
        <Trash2 size={14} aria-hidden="true" />
        {word}
      </button>
      <DangerDialog
        open={open}
        onOpenChange={setOpen}
        title={blocked ? `${word}: not possible now` : `${word} ${what}?`}
        word={word}
        typeName={blocked ? undefined : typeName}
        references={references}
        blocked={blocked}
        fields={{ intent: 'delete', ...fields }}
        {...(action === undefined ? {} : { action })}
      >
        {blocked ? blockedText : children}
      </DangerDialog>
    </>
  );
}
