import { type ReactNode, useRef, useState } from 'react';
import { FieldNotes } from '../../components/form/field.tsx';
import { controlProps, type FieldProps, initialText, requiredField } from '../../components/form/form-field.ts';
import { writeThrough } from '../../components/form/write-through.ts';
import { bothDaysSet, boxOfFault, cronBoxes, cronPresets, splitCron, withBox } from './cron-boxes.ts';

interface CronFieldProps extends Omit<FieldProps, 'help'> {
  /** What the hub says of it while it is written, and in which words it reads. */
  fault?: string | null | undefined;
  children?: ReactNode;
}

/**
 * When to run, as five labelled boxes or as one text, in step with each other. What is sent is the text; the boxes only write
 * through to it.
 */
export function CronField({ field, label, disabled, fault, children }: CronFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(initialText(field) ?? '');
  // A box that is being emptied stays empty until it is left, though the text has a star there.
  const [emptied, setEmptied] = useState<number | null>(null);
  const [key, setKey] = useState(field.key);
  if (key !== field.key) {
    setKey(field.key);
    setText(initialText(field) ?? '');
  }
  const faults = field.errors ?? (fault ? [fault] : []);
  const faulty = faults.map(boxOfFault);
  const shown = { ...requiredField(field), errors: faults.length > 0 ? faults : undefined };
  function write(next: string): void {
    if (input.current) writeThrough(input.current, next);
  }
  return (
    <fieldset className="form-field cron" disabled={disabled}>
      <legend className="form-label">{label}</legend>
      <div className="cron-presets">
        {cronPresets.map(({ cron, word }) => (
          <button
            key={cron}
            type="button"
            className="chip-button"
            aria-pressed={text.trim() === cron}
            onClick={() => write(cron)}
          >
            {word}
          </button>
        ))}
      </div>
      <div className="cron-boxes">
        {splitCron(text).map((part, index) => (
          <Box
            key={cronBoxes[index]?.name}
            {...cronBoxes[index]}
            value={emptied === index ? '' : part}
            invalid={faulty.includes(index)}
            onChange={(value) => {
              setEmptied(value === '' ? index : null);
              write(withBox(text, index, value));
            }}
            onBlur={() => setEmptied(null)}
          />
        ))}
      </div>
      <label className="cron-text">
        <span>as one text</span>
        <input
          {...controlProps(shown, true)}
          ref={input}
          key={field.key}
          className="input font-mono"
          defaultValue={initialText(field)}
          maxLength={field.maxLength}
          placeholder="0 9 * * 1-5"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <FieldNotes
        field={shown}
        help={
          bothDaysSet(text) ? (
            <strong className="font-medium text-ink">
              Both day fields are set: it runs on every day that fits either of them, not only on days that fit both.
            </strong>
          ) : (
            <>
              Lists <code>1,15</code>, ranges <code>1-5</code>, steps <code>*/10</code>, names <code>MON</code>; an
              empty box means every one.
            </>
          )
        }
      />
      {children}
    </fieldset>
  );
}

interface BoxProps {
  word?: string;
  takes?: string;
  value: string;
  invalid: boolean;
  onChange: (value: string) => void;
  onBlur: () => void;
}

function Box({ word, takes, value, invalid, onChange, onBlur }: BoxProps) {
  return (
    <label className="cron-box">
      <span className="cron-box-word">{word}</span>
      <input
        className="input font-mono"
        value={value}
        placeholder="*"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        aria-invalid={invalid || undefined}
        onChange={(event) => onChange(event.target.value)}
        onBlur={onBlur}
      />
      <span className="cron-box-takes" aria-hidden="true">
        {takes}
      </span>
    </label>
  );
}
