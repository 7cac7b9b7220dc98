import { lazy, Suspense, useEffect, useState } from 'react';
import { ChevronDown } from '../icons.ts';
import type { ComboboxControlProps } from './combobox-control.tsx';
import { Field } from './field.tsx';
import { controlProps, type FieldProps, initialText } from './form-field.ts';

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
const ComboboxControl = lazy<(props: ComboboxControlProps) => React.ReactNode>(() =>
  load().then((module) => ({ default: module.ComboboxControl })),
);

/**
 * One of many, found by typing a part of its name; sends the value (an id). Until its code has come, and without
 * scripts, a plain list stands in.
 */
export function ComboboxField({ options, placeholder, empty, ...field }: ComboboxFieldProps) {
  const [running, setRunning] = useState(false);
  useEffect(() => setRunning(true), []);
  const plain = (
    <span className="select">
      <select
        {...controlProps(field.field, field.help)}
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
  );
  return (
    <Field {...field}>
      {running ? (
        <Suspense fallback={plain}>
          <ComboboxControl
            field={field.field}
            help={field.help}
            options={options}
            placeholder={placeholder}
            empty={empty}
            disabled={field.disabled}
          />
        </Suspense>
      ) : (
        plain
      )}
    </Field>
  );
}
