import type { ReactNode } from 'react';
import { FieldNotes } from './field.tsx';
import { errorId, type FieldProps, helpId, initialText } from './form-field.ts';

interface RadioCardsProps extends FieldProps {
  options: readonly { value: string; label: string; help?: ReactNode; icon?: ReactNode; disabled?: boolean }[];
}

/** One of a few where each choice needs a sentence. */
export function RadioCards({ field, label, help, options, disabled }: RadioCardsProps) {
  const describedBy = [help ? helpId(field) : '', field.errors ? errorId(field) : ''].filter(Boolean).join(' ');
  return (
    <fieldset className="form-field" aria-describedby={describedBy || undefined} key={field.key}>
      <legend className="form-label">{label}</legend>
      <div className="radio-cards">
        {options.map((option, index) => (
          <label key={option.value} className="radio-card">
            <input
              type="radio"
              id={index === 0 ? field.id : undefined}
              name={field.name}
              form={field.formId}
              value={option.value}
              required={field.required}
              defaultChecked={initialText(field) === option.value}
              disabled={disabled || option.disabled}
              aria-invalid={field.errors ? true : undefined}
            />
            <span className="min-w-0">
              <span className="radio-card-name">
                {option.icon}
                {option.label}
              </span>
              {option.help ? <span className="form-help">{option.help}</span> : null}
            </span>
          </label>
        ))}
      </div>
      <FieldNotes field={field} help={help} />
    </fieldset>
  );
}
