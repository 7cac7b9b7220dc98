import { Field } from './field.tsx';
import { controlProps, type FieldProps, initialText } from './form-field.ts';

interface TextAreaFieldProps extends FieldProps {
  rows?: number;
  placeholder?: string;
  code?: boolean;
}

/** Several lines of text; it grows with what is written where the browser can do that. */
export function TextAreaField({ rows = 3, placeholder, code, ...field }: TextAreaFieldProps) {
  return (
    <Field {...field}>
      <textarea
        {...controlProps(field.field, field.help)}
        key={field.field.key}
        className={code ? 'input text-area font-mono' : 'input text-area'}
        defaultValue={initialText(field.field)}
        minLength={field.field.minLength}
        maxLength={field.field.maxLength}
        rows={rows}
        placeholder={placeholder}
        spellCheck={code ? false : undefined}
        disabled={field.disabled}
      />
    </Field>
  );
}
