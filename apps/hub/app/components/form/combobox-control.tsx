import { useInputControl } from '@conform-to/react';
import type { ReactNode } from 'react';
import { ComboboxBox } from './combobox-box.tsx';
import type { Choice } from './combobox-field.tsx';
import { controlProps, type FormField, initialText } from './form-field.ts';

export interface ComboboxControlProps {
  field: FormField;
  help: ReactNode;
  options: readonly Choice[];
  placeholder: string | undefined;
  empty: ReactNode;
  disabled: boolean | undefined;
}

/** The list of `ComboboxField`. Loaded when a form that has one runs. */
export function ComboboxControl({ field, help, options, placeholder, empty, disabled }: ComboboxControlProps) {
  const control = useInputControl<string>({
    key: field.key,
    name: field.name,
    formId: field.formId ?? '',
    initialValue: initialText(field),
  });
  const { name: _name, form: _form, required, ...identity } = controlProps(field, help);
  return (
    <ComboboxBox
      options={options}
      value={control.value ?? ''}
      onChange={control.change}
      onBlur={control.blur}
      control={identity}
      required={required}
      placeholder={placeholder}
      empty={empty}
      disabled={disabled}
    />
  );
}
