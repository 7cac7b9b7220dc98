import { Field } from './field.tsx';
import { controlProps, type FieldProps, initialText } from './form-field.ts';

interface TextFieldProps extends FieldProps {
  type?: 'text' | 'email' | 'url' | 'password' | 'date' | 'datetime-local' | 'time';
  placeholder?: string;
  /** For names of modules, keys and paths: monospaced, never corrected or capitalised. */
  code?: boolean;
  autoComplete?: string;
  autoFocus?: boolean;
  /** Known values that are offered while somebody types. */
  suggestions?: readonly string[];
}

/** One line of text. */
export function TextField(props: TextFieldProps) {
  const { type = 'text', placeholder, code, autoComplete = 'off', autoFocus, suggestions, ...field } = props;
  const listId = suggestions ? `${field.field.id}-list` : undefined;
  return (
    <Field {...field}>
      <input
        {...controlProps(field.field, field.help)}
        key={field.field.key}
        type={type}
        className={code ? 'input font-mono' : 'input'}
        defaultValue={initialText(field.field)}
        minLength={field.field.minLength}
        maxLength={field.field.maxLength}
        placeholder={placeholder}
        autoComplete={autoComplete}
        // biome-ignore lint/a11y/noAutofocus: a page asks for it where its one purpose is to fill in this field
        autoFocus={autoFocus}
        spellCheck={code ? false : undefined}
        autoCapitalize={code ? 'none' : undefined}
        list={listId}
        disabled={field.disabled}
      />
      {suggestions ? (
        <datalist id={listId}>
          {suggestions.map((text) => (
            <option key={text} value={text} />
          ))}
        </datalist>
      ) : null}
    </Field>
  );
}
