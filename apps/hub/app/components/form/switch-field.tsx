import { FieldNotes } from './field.tsx';
import { controlProps, type FieldProps, initialText } from './form-field.ts';

/** On or off, for what is running or not: enabled, paused. Sends `on`, or nothing, and works before scripts do. */
export function SwitchField({ field, label, help, disabled }: FieldProps) {
  return (
    <div className="form-field">
      <label className="form-check">
        <input
          {...controlProps(field, help)}
          key={field.key}
          required={false}
          type="checkbox"
          // biome-ignore lint/a11y/useAriaPropsForRole: a native check box tells its own state
          role="switch"
          className="switch-input"
          value="on"
          defaultChecked={initialText(field) === 'on'}
          disabled={disabled}
        />
        {label}
      </label>
      <div className="form-check-notes form-switch-notes">
        <FieldNotes field={field} help={help} />
      </div>
    </div>
  );
}
