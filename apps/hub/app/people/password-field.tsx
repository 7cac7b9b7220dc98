import { useState } from 'react';
import { Field } from '../components/form/field.tsx';
import { controlProps, type FieldProps } from '../components/form/form-field.ts';
import { Eye, EyeOff } from '../components/icons.ts';
import { passwordStrength } from './password-strength.ts';

interface PasswordFieldProps extends FieldProps {
  /** Whether a password is chosen here, or one that exists is asked for: password managers want to know. */
  use: 'new' | 'current';
  autoFocus?: boolean;
}

/** A password: can be pasted, shown, and filled in by a password manager. A new one is told its strength in words. */
export function PasswordField({ use, autoFocus, ...field }: PasswordFieldProps) {
  const [shown, setShown] = useState(false);
  const [text, setText] = useState('');
  const Icon = shown ? EyeOff : Eye;
  const { id } = field.field;
  const props = controlProps(field.field, field.help);
  const describedBy = [use === 'new' ? `${id}-strength` : '', props['aria-describedby'] ?? '']
    .filter(Boolean)
    .join(' ');
  return (
    <Field {...field}>
      <div className="input password-input">
        <input
          {...props}
          aria-describedby={describedBy || undefined}
          key={field.field.key}
          type={shown ? 'text' : 'password'}
          autoComplete={use === 'new' ? 'new-password' : 'current-password'}
          autoCapitalize="none"
          spellCheck={false}
          // biome-ignore lint/a11y/noAutofocus: a page asks for it where its one purpose is to fill in this field
          autoFocus={autoFocus}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button
          type="button"
          className="icon-button"
          aria-pressed={shown}
          aria-label="Show password"
          onClick={() => setShown(!shown)}
        >
          <Icon size={15} aria-hidden="true" />
        </button>
      </div>
      {use === 'new' ? <PasswordStrength id={`${id}-strength`} text={text} /> : null}
    </Field>
  );
}

function PasswordStrength({ id, text }: { id: string; text: string }) {
  const { level, word } = passwordStrength(text);
  return (
    <p id={id} className="password-strength" role="status">
      <span className="password-meter" aria-hidden="true">
        {[1, 2, 3, 4].map((step) => (
          <i key={step} data-on={step <= level || undefined} />
        ))}
      </span>
      {word || 'At least 8 characters; several words are best.'}
    </p>
  );
}
