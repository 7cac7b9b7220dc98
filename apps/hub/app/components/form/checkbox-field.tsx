import { FieldNotes } from './field.tsx';
import { controlProps, type FieldProps, initialText } from './form-field.ts';

/** Yes or no, as part of a form that is saved later. Sends `on`, or nothing. */
export function CheckboxField({ field, label, help, disabled }: FieldProps) {
  return (
    <div className="form-field">
      <label className="form-check">
        <input
          {...controlProps(field, help)}
          key={field.key}
          required={false}
          type="checkbox"
          value="on"
          defaultChecked={initialText(field) === 'on'}
          disabled={disabled}
        />
        {label}
      </label>
      <div className="form-check-notes">
        <FieldNotes field={field} help={help} />
      </div>
    </div>
  );
}
