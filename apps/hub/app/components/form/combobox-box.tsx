import { Combobox } from '@base-ui/react/combobox';
import { type ReactNode, useRef } from 'react';
import { useBeforePaint } from '../../frame/use-before-paint.ts';
import { Check, ChevronsUpDown, X } from '../icons.ts';
import type { Choice } from './combobox-field.tsx';

export interface ComboboxBoxProps {
  options: readonly Choice[];
  /** The value of the choice, or the empty text. */
  value: string;
  onChange: (value: string) => void;
  onBlur?: () => void;
  /** What is typed to find a choice: for lists that offer to take it as it is. */
  onText?: (text: string) => void;
  /** Identity and descriptions of the control. */
  control: {
    id: string;
    'aria-label'?: string | undefined;
    'aria-invalid'?: boolean | undefined;
    'aria-describedby'?: string | undefined;
  };
  /** Takes the focus as it appears, from the plain list that stood in for it. */
  focused?: boolean;
  required?: boolean | undefined;
  placeholder?: string | undefined;
  /** What stands in the list when nothing matches. */
  empty?: ReactNode;
  disabled?: boolean | undefined;
}

/** One of many, found by typing a part of its name. Loaded when a form that has one runs. */
export function ComboboxBox(props: ComboboxBoxProps) {
  const { options, value, onChange, onBlur, onText, control, focused, required, placeholder, empty, disabled } = props;
  const input = useRef<HTMLInputElement>(null);
  const takeFocus = useRef(focused);
  useBeforePaint(() => {
    if (takeFocus.current) input.current?.focus();
  }, []);
  const chosen = options.find((option) => option.value === value) ?? null;
  return (
    <Combobox.Root
      items={options}
      value={chosen}
      onValueChange={(choice: Choice | null) => onChange(choice?.value ?? '')}
      {...(onText ? { onInputValueChange: (text: string) => onText(text) } : {})}
      isItemEqualToValue={(one, other) => one?.value === other?.value}
      disabled={disabled}
      autoHighlight
    >
      <Combobox.InputGroup className="input combobox">
        <Combobox.Input
          {...control}
          ref={input}
          aria-required={required}
          placeholder={placeholder ?? 'None'}
          onBlur={onBlur}
        />
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
