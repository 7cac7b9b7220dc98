import { Field } from './field.tsx';
import { controlProps, type FieldProps, initialText } from './form-field.ts';

interface NumberFieldProps extends FieldProps {
  /** What is counted, shown behind the figure: "seconds", "attempts". */
  unit?: string;
  min?: number;
  max?: number;
  step?: number | 'any';
  placeholder?: string;
}

/** A number, with its unit behind it. */
export function NumberField({ unit, min, max, step, placeholder, ...field }: NumberFieldProps) {
  const unitId = unit ? `${field.field.id}-unit` : undefined;
  const control = controlProps(field.field, field.help);
  return (
    <Field {...field}>
      <span className="input number-input">
        <input
          {...control}
          key={field.field.key}
          aria-describedby={[unitId, control['aria-describedby']].filter(Boolean).join(' ') || undefined}
          type="number"
          inputMode={step === undefined ? 'numeric' : 'decimal'}
          defaultValue={initialText(field.field)}
          min={min}
          max={max}
          step={step}
          placeholder={placeholder}
          autoComplete="off"
          disabled={field.disabled}
        />
        {unit ? (
          <span id={unitId} className="number-unit">
            {unit}
          </span>
        ) : null}
      </span>
    </Field>
  );
}
