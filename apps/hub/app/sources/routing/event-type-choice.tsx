import { lazy, Suspense, useEffect, useState } from 'react';
import type { ComboboxBoxProps } from '../../components/form/combobox-box.tsx';
import type { Choice } from '../../components/form/combobox-field.tsx';
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

const ComboboxBox = lazy<(props: ComboboxBoxProps) => React.ReactNode>(() =>
  import('../../components/form/combobox-box.tsx').then((module) => ({ default: module.ComboboxBox })),
);

/** An event type by its name; a plain list until the code for finding one has come. */
export function EventTypeChoice(props: EventTypeChoiceProps) {
  const { id, label, options, value, onChange, placeholder, required = false, invalid = false } = props;
  const [running, setRunning] = useState(false);
  useEffect(() => setRunning(true), []);
  const control = { id, 'aria-label': label, 'aria-invalid': invalid || undefined };
  const plain = (
    <span className="select">
      <select {...control} value={value} onChange={(event) => onChange(event.target.value)}>
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
  if (!running) return plain;
  return (
    <Suspense fallback={plain}>
      <ComboboxBox
        options={options}
        value={value}
        onChange={onChange}
        control={control}
        required={required}
        placeholder={placeholder}
        empty="No event type of that name."
      />
    </Suspense>
  );
}
