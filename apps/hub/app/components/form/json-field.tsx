import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Field } from './field.tsx';
import { controlProps, errorId, type FieldProps, helpId, initialText } from './form-field.ts';
import { JsonFaultLine } from './json-fault-line.tsx';
import { writeThrough } from './write-through.ts';

interface JsonFieldProps extends FieldProps {
  rows?: number;
  /** Told of each change, for a preview beside it. */
  onText?: (text: string) => void;
}

const JsonEditor = lazy(() => import('./json-editor.tsx').then((module) => ({ default: module.JsonEditor })));

/**
 * JSON as its text, with the place of a fault under it. What is sent is a plain text area; once the page runs an editor
 * with colours stands before it, which is fetched only then and writes every change through.
 */
export function JsonField({ rows = 8, onText, ...props }: JsonFieldProps) {
  const { field, help, label, disabled } = props;
  const area = useRef<HTMLTextAreaElement>(null);
  const focusEditor = useRef<(() => void) | null>(null);
  const [running, setRunning] = useState(false);
  const [text, setText] = useState(initialText(field) ?? '');
  useEffect(() => setRunning(true), []);
  // A form that is reset starts from its first text again.
  const [key, setKey] = useState(field.key);
  if (key !== field.key) {
    setKey(field.key);
    setText(initialText(field) ?? '');
  }
  function write(next: string): void {
    if (area.current) writeThrough(area.current, next);
  }
  return (
    <Field {...props}>
      <textarea
        {...controlProps(field, help)}
        key={field.key}
        ref={area}
        className={running ? 'sr-only' : 'input text-area font-mono'}
        tabIndex={running ? -1 : undefined}
        aria-hidden={running || undefined}
        defaultValue={initialText(field)}
        rows={rows}
        spellCheck={false}
        disabled={disabled}
        onInput={(event) => {
          setText(event.currentTarget.value);
          onText?.(event.currentTarget.value);
        }}
        // The label, and a form that shows its first fault, send the focus here.
        onFocus={() => focusEditor.current?.()}
      />
      {running ? (
        <Suspense
          fallback={
            <pre className="input text-area json-editor font-mono" aria-busy="true">
              {text}
            </pre>
          }
        >
          <JsonEditor
            key={field.key}
            label={label}
            describedBy={`${field.id}-fault ${help ? helpId(field) : ''} ${field.errors ? errorId(field) : ''}`.trim()}
            invalid={field.errors !== undefined}
            initial={text}
            rows={rows}
            readOnly={disabled === true}
            onText={write}
            focus={focusEditor}
            area={area}
          />
        </Suspense>
      ) : null}
      <JsonFaultLine id={`${field.id}-fault`} text={text} />
    </Field>
  );
}
