import { ChevronDown } from '../icons.ts';
import { Field } from './field.tsx';
import { controlProps, type FieldProps, initialText } from './form-field.ts';

interface Option {
  value: string;
  label: string;
  disabled?: boolean;
}

interface SelectFieldProps extends FieldProps {
  options: readonly Option[];
  /** First entry, with the empty value; without it the first option is chosen from the start. */
  none?: string;
}

/** One of a few. For more than about fifteen use `ComboboxField`. */
export function SelectField({ options, none, ...field }: SelectFieldProps) {
  return (
    <Field {...field}>
      <span className="select">
        <select
          {...controlProps(field.field, field.help)}
          key={field.field.key}
          defaultValue={initialText(field.field)}
          disabled={field.disabled}
        >
          {none === undefined ? null : <option value="">{none}</option>}
          {options.map(({ value, label, disabled }) => (
            <option key={value} value={value} disabled={disabled}>
              {label}
            </option>
          ))}
        </select>
        <ChevronDown size={14} aria-hidden="true" />
      </span>
    </Field>
  );
}
