import { useInputControl } from '@conform-to/react';
import type { ReactNode } from 'react';
import { ComboboxBox } from './combobox-box.tsx';
import type { Choice } from './combobox-field.tsx';
import { controlProps, type FormField } from './form-field.ts';

export interface ComboboxControlProps {
  field: FormField;
  /** The value that it starts with, and goes back to when the form is reset. */
  initial: string | undefined;
  /** Takes the focus as it appears. */
  focused: boolean;
  help: ReactNode;
  options: readonly Choice[];
  placeholder: string | undefined;
  empty: ReactNode;
  disabled: boolean | undefined;
}

/** The list of `ComboboxField`. Loaded when a form that has one runs. */
export function ComboboxControl(props: ComboboxControlProps) {
  const { field, initial, focused, help, options, placeholder, empty, disabled } = props;
  const control = useInputControl<string>({
    key: field.key,
    name: field.name,
    formId: field.formId ?? '',
    initialValue: initial,
  });
  const { name: _name, form: _form, required, ...identity } = controlProps(field, help);
  return (
    <ComboboxBox
      options={options}
      value={control.value ?? ''}
      onChange={control.change}
      onBlur={control.blur}
      control={identity}
      focused={focused}
      required={required}
      placeholder={placeholder}
      empty={empty}
      disabled={disabled}
    />
  );
}
