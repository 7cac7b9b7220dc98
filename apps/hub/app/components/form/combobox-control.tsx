import { Combobox } from '@base-ui/react/combobox';
import { useInputControl } from '@conform-to/react';
import type { ReactNode } from 'react';
import { Check, ChevronsUpDown, X } from '../icons.ts';
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
  const { name: _name, form: _form, required, ...aria } = controlProps(field, help);
  const chosen = options.find(({ value }) => value === control.value) ?? null;
  return (
    <Combobox.Root
      items={options}
      value={chosen}
      onValueChange={(choice: Choice | null) => control.change(choice?.value ?? '')}
      isItemEqualToValue={(one, other) => one?.value === other?.value}
      disabled={disabled}
      autoHighlight
    >
      <Combobox.InputGroup className="input combobox">
        <Combobox.Input {...aria} aria-required={required} placeholder={placeholder ?? 'None'} onBlur={control.blur} />
        {chosen && !required ? (
          <Combobox.Clear className="combobox-button" aria-label="Clear">
            <X size={14} aria-hidden="true" />
          </Combobox.Clear>
        ) : null}
        <Combobox.Trigger className="combobox-button" aria-label="Show all">
          <ChevronsUpDown size={14} aria-hidden="true" />
        </Combobox.Trigger>
      </Combobox.InputGroup>
      <Combobox.Portal>
        <Combobox.Positioner sideOffset={4} className="z-40">
          <Combobox.Popup className="menu combobox-menu">
            <Combobox.Empty className="combobox-empty">{empty ?? 'Nothing of that name.'}</Combobox.Empty>
            <Combobox.List>
              {(choice: Choice) => (
                <Combobox.Item key={choice.value} value={choice} className="menu-item">
                  <span className="truncate">{choice.label}</span>
                  {choice.hint ? <span className="truncate text-faint text-xs">{choice.hint}</span> : null}
                  <Combobox.ItemIndicator className="ml-auto">
                    <Check size={14} aria-hidden="true" />
                  </Combobox.ItemIndicator>
                </Combobox.Item>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}
