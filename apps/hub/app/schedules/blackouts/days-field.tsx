import { FieldNotes } from '../../components/form/field.tsx';
import type { FieldProps } from '../../components/form/form-field.ts';
import { weekdayWords } from './blackout-words.ts';

/** Days of the week, any number of them. */
export function DaysField({ field, label }: FieldProps) {
  const chosen = Array.isArray(field.initialValue) ? field.initialValue : [field.initialValue];
  return (
    <fieldset className="form-field" key={field.key}>
      <legend className="form-label">{label}</legend>
      <div className="days">
        {Object.entries(weekdayWords).map(([day, word], index) => (
          <label key={day} className="day">
            <input
              type="checkbox"
              id={index === 0 ? field.id : undefined}
              name={field.name}
              form={field.formId}
              value={day}
              defaultChecked={chosen.includes(day)}
              aria-invalid={field.errors ? true : undefined}
            />
            {word}
          </label>
        ))}
      </div>
      <FieldNotes field={field} help={undefined} />
    </fieldset>
  );
}
