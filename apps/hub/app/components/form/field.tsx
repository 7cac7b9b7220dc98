import type { ReactNode } from 'react';
import { TriangleAlert } from '../icons.ts';
import { errorId, type FieldProps, helpId } from './form-field.ts';

/** Label above, control, then help and faults below: the frame of every control that takes a value. */
export function Field({ field, label, help, children }: FieldProps & { children: ReactNode }) {
  return (
    <div className="form-field">
      <label htmlFor={field.id} className="form-label">
        {label}
        {field.required ? null : <span className="form-optional">optional</span>}
      </label>
      {children}
      <FieldNotes field={field} help={help} />
    </div>
  );
}

/** What stands under a control: its faults, then what it is for. */
export function FieldNotes({ field, help }: Pick<FieldProps, 'field' | 'help'>) {
  return (
    <>
      {field.errors ? (
        <p id={errorId(field)} className="form-error">
          <TriangleAlert size={14} aria-hidden="true" />
          <span>{field.errors.join(' ')}</span>
        </p>
      ) : null}
      {help ? (
        <p id={helpId(field)} className="form-help">
          {help}
        </p>
      ) : null}
    </>
  );
}
