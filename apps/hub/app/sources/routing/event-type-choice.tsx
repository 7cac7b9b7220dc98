import { useRef } from 'react';
import type { Choice } from '../../components/form/combobox-field.tsx';
import { useSearchable } from '../../components/form/use-searchable.ts';
import { ChevronDown } from '../../components/icons.ts';

interface EventTypeChoiceProps {
  id: string;
  label: string;
  options: readonly Choice[];
  value: string;
  onChange: (value: string) => void;
  placeholder: string;
  required?: boolean;
  invalid?: boolean;
}

const load = () => import('../../components/form/combobox-box.tsx');

/** An event type by its name; a plain list until the code for finding one has come. */
export function EventTypeChoice(props: EventTypeChoiceProps) {
  const { id, label, options, value, onChange, placeholder, required = false, invalid = false } = props;
  const plain = useRef<HTMLSelectElement>(null);
  const searchable = useSearchable(load, plain);
  const control = { id, 'aria-label': label, 'aria-invalid': invalid || undefined };
  if (searchable) {
    const { code, focused } = searchable;
    return (
      <code.ComboboxBox
        options={options}
        value={value}
        onChange={onChange}
        control={control}
        focused={focused}
        required={required}
        placeholder={placeholder}
        empty="No event type of that name."
      />
    );
  }
  return (
    <span className="select">
      <select {...control} ref={plain} value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{placeholder}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown size={14} aria-hidden="true" />
    </span>
  );
}
