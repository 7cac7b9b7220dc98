import { useRef, useState } from 'react';
import { ChevronDown } from '../icons.ts';
import { Field } from './field.tsx';
import { controlProps, type FieldProps, initialText } from './form-field.ts';
import { useSearchable } from './use-searchable.ts';

/** Something that can be picked by its name. `hint` tells namesakes apart. */
export interface Choice {
  value: string;
  label: string;
  hint?: string;
}

interface ComboboxFieldProps extends FieldProps {
  options: readonly Choice[];
  placeholder?: string;
  /** What stands in the list when nothing matches; a link to make one belongs here. */
  empty?: React.ReactNode;
}

const load = () => import('./combobox-control.tsx');

/**
 * One of many, found by typing a part of its name; sends the value (an id). Until its code has come, and without
 * scripts, a plain list stands in.
 */
export function ComboboxField({ options, placeholder, empty, ...field }: ComboboxFieldProps) {
  const plain = useRef<HTMLSelectElement>(null);
  const searchable = useSearchable(load, plain);
  // What was picked in the plain list holds until the form is reset.
  const [firstKey] = useState(field.field.key);
  if (searchable) {
    const { code, picked, focused } = searchable;
    const initial = (field.field.key === firstKey ? picked : undefined) ?? initialText(field.field);
    return (
      <Field {...field}>
        <code.ComboboxControl
          field={field.field}
          initial={initial}
          focused={focused}
          help={field.help}
          options={options}
          placeholder={placeholder}
          empty={empty}
          disabled={field.disabled}
        />
      </Field>
    );
  }
  return (
    <Field {...field}>
      <span className="select">
        <select
          {...controlProps(field.field, field.help)}
          ref={plain}
          key={field.field.key}
          defaultValue={initialText(field.field)}
          disabled={field.disabled}
        >
          <option value="">{placeholder ?? 'None'}</option>
          {options.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
        <ChevronDown size={14} aria-hidden="true" />
      </span>
    </Field>
  );
}
