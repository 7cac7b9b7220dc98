import { Link, useNavigation } from '@remix-run/react';
import type { ReactNode } from 'react';
import { LeaveGuard } from './leave-guard.tsx';

interface SaveBarProps {
  /** Conform's form. */
  form: { id: string; dirty: boolean; getFieldset: () => object };
  /** What each field is called, by its name in the form: the bar lists the changed ones. */
  labels: Record<string, string>;
  /** A form that makes something new: it can be sent as it stands, and is left by a link. */
  cancelTo?: string;
  saveWord?: string;
  children?: ReactNode;
}

/** Saving, or giving up, what was changed in a form; stays in sight at the end of the page. */
export function SaveBar({ form, labels, cancelTo, saveWord = 'Save', children }: SaveBarProps) {
  // Any page that follows on a submission keeps the button closed until it has come.
  const pending = useNavigation().formMethod !== undefined;
  const changed = changedLabels(form, labels);
  const making = cancelTo !== undefined;
  const idle = !(making || form.dirty);
  return (
    <div className="save-bar">
      <LeaveGuard dirty={form.dirty && !pending} />
      <p className="save-bar-changes" role="status">
        {making || changed.length === 0 ? null : (
          <>
            <strong>Changed:</strong> {changed.join(', ')}
          </>
        )}
        {idle ? 'Nothing changed.' : null}
      </p>
      {children}
      {making ? (
        <Link to={cancelTo} className="button">
          Cancel
        </Link>
      ) : (
        <button type="reset" form={form.id} className="button" disabled={pending || idle}>
          Discard
        </button>
      )}
      <button type="submit" form={form.id} className="button-primary" disabled={pending || idle}>
        {pending ? 'Saving…' : saveWord}
      </button>
    </div>
  );
}

/** Conform tells for each field whether its value differs from the one it started with. */
export function changedLabels(form: SaveBarProps['form'], labels: Record<string, string>): string[] {
  const fields = form.getFieldset() as Record<string, { dirty: boolean } | undefined>;
  return Object.entries(labels).flatMap(([name, label]) => (fields[name]?.dirty ? [label] : []));
}
