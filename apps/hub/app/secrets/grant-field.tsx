import { useInputControl } from '@conform-to/react';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import type { ComboboxBoxProps } from '../components/form/combobox-box.tsx';
import type { Choice } from '../components/form/combobox-field.tsx';
import { FieldNotes } from '../components/form/field.tsx';
import { type FieldProps, initialText } from '../components/form/form-field.ts';
import { X } from '../components/icons.ts';
import { grantIds, grantText } from './secret-fields.ts';

interface GrantFieldProps extends FieldProps {
  options: readonly Choice[];
  /** What one of them is called: "event type". */
  one: string;
}

const ComboboxBox = lazy<(props: ComboboxBoxProps) => ReactNode>(() =>
  import('../components/form/combobox-box.tsx').then((module) => ({ default: module.ComboboxBox })),
);

/** Any of a kind, or only some by name. */
export function GrantField({ field, label, options, one }: GrantFieldProps) {
  const [running, setRunning] = useState(false);
  useEffect(() => setRunning(true), []);
  const { id, key, name, formId = '' } = field;
  const control = useInputControl<string>({ key, name, formId, initialValue: initialText(field) });
  const chosen = grantIds(control.value ?? '');
  const set = (ids: readonly string[] | null): void => control.change(grantText(ids));
  const choice = (any: boolean) => (
    <label className="form-check">
      <input
        type="radio"
        // Of no form: what is sent is the text below.
        name={`${id}-kind`}
        form={`${id}-none`}
        checked={(chosen === null) === any}
        disabled={!running}
        onChange={() => set(any ? null : [])}
      />
      {any ? `Any ${one}` : 'Only these'}
    </label>
  );
  return (
    <fieldset className="form-field">
      <legend className="form-label">{label}</legend>
      {/* What is sent, and what stands where no code runs: nothing may be granted more widely by that. */}
      <input type="hidden" name={name} form={formId} value={control.value ?? ''} />
      <div className="grant-kinds">
        {choice(true)}
        {choice(false)}
      </div>
      {chosen === null ? null : <Picks id={id} label={label} chosen={chosen} {...{ options, one, set }} />}
      <FieldNotes field={field} />
    </fieldset>
  );
}

interface PicksProps extends Pick<GrantFieldProps, 'options' | 'one' | 'label'> {
  id: string;
  chosen: readonly string[];
  set: (ids: readonly string[]) => void;
}

function Picks({ id, label, chosen, options, one, set }: PicksProps) {
  const nameOf = (value: string) => options.find((option) => option.value === value)?.label ?? value;
  return (
    <>
      {chosen.length > 0 ? (
        <ul className="picks" aria-label={`${label} that may use it`}>
          {chosen.map((value) => (
            <li key={value} className="pick">
              <span className="truncate">{nameOf(value)}</span>
              <button
                type="button"
                aria-label={`Take ${nameOf(value)} away`}
                onClick={() => {
                  set(chosen.filter((other) => other !== value));
                  document.getElementById(`${id}-add`)?.focus();
                }}
              >
                <X size={12} aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      ) : (
        <p className="form-error text-warning">None: no event gets it.</p>
      )}
      <Suspense fallback={<span className="input" aria-busy="true" />}>
        <ComboboxBox
          // Made anew with each pick, so that it is empty for the next one.
          key={chosen.length}
          options={options.filter(({ value }) => !chosen.includes(value))}
          value=""
          onChange={(value) => value && set([...chosen, value])}
          control={{ id: `${id}-add`, 'aria-label': `Add ${one}` }}
          placeholder={`Add ${one}`}
        />
      </Suspense>
    </>
  );
}
