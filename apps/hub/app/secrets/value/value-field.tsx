import { secretValueLimit } from '@nexomatic/contracts/secret-limits';
import { type DragEvent, useEffect, useRef, useState } from 'react';
import { CopyButton } from '../../components/copy-button.tsx';
import { Dices, Eye, EyeOff, FileKey2, X } from '../../components/icons.ts';
import type { KeptBy } from '../secret-fields.ts';
import { GeneratePanel } from './generate-panel.tsx';
import type { SecretValue } from './use-secret-value.ts';
import { countBytes, countWord } from './value-facts.ts';
import { ValueNotes } from './value-notes.tsx';

interface ValueFieldProps {
  id: string;
  value: SecretValue;
  /** The version that an empty field keeps; null while the secret has no value. */
  kept: number | null;
  required?: boolean;
  /** Somebody tried to save what can not be a value. */
  refused: boolean;
  opener?: KeptBy;
}

/** Takes the value of a secret: typed, pasted, generated or from a file. It has no name, so no form sends it as it is. */
export function ValueField({ id, value, kept, required = false, refused, opener = 'hub' }: ValueFieldProps) {
  const { area, file, facts } = value;
  const [running, setRunning] = useState(false);
  const [shown, setShown] = useState(false);
  const [generating, setGenerating] = useState(false);
  const [generated, setGenerated] = useState(false);
  const [over, setOver] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  // Until its code runs there is nothing that would seal what is typed.
  useEffect(() => setRunning(true), []);
  const Icon = shown ? EyeOff : Eye;

  function drop(event: DragEvent): void {
    event.preventDefault();
    setOver(false);
    const dropped = event.dataTransfer.files[0];
    if (dropped) void value.takeFile(dropped);
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping a file has its twin in a button
    <div
      className="form-field value-field"
      data-over={over || undefined}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <label htmlFor={id} className="form-label">
        Value
        {required ? null : <span className="form-optional">optional</span>}
      </label>
      <textarea
        ref={area}
        id={id}
        hidden={file !== null}
        className="input text-area font-mono value-area"
        data-shown={shown || undefined}
        rows={3}
        disabled={!running}
        // Neither remembered by the browser nor sent to a checker of spelling.
        autoComplete="off"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        aria-describedby={`${id}-help ${id}-size ${id}-notes`}
        aria-invalid={refused || undefined}
        placeholder={kept === null ? 'Paste or type it, or drop a file' : `Leave it empty to keep version ${kept}`}
        onInput={() => {
          setGenerated(false);
          value.typed();
        }}
      />
      {file ? (
        <p className="value-file">
          <FileKey2 size={16} aria-hidden="true" />
          <span className="min-w-0 flex-1 truncate">{file.name}</span>
          <button type="button" className="icon-button" aria-label={`Take ${file.name} away`} onClick={value.clear}>
            <X size={14} aria-hidden="true" />
          </button>
        </p>
      ) : null}
      <div className="value-tools">
        <button
          type="button"
          className="button-quiet"
          aria-pressed={shown}
          disabled={!running || file !== null}
          onClick={() => setShown(!shown)}
        >
          <Icon size={14} aria-hidden="true" />
          {shown ? 'Hide' : 'Show'}
        </button>
        <button type="button" className="button-quiet" disabled={!running} onClick={() => picker.current?.click()}>
          <FileKey2 size={14} aria-hidden="true" />
          From a file
        </button>
        <input
          ref={picker}
          type="file"
          hidden
          aria-label="File that holds the value"
          onChange={({ currentTarget }) => {
            const chosen = currentTarget.files?.[0];
            currentTarget.value = '';
            if (chosen) void value.takeFile(chosen);
          }}
        />
        <button
          type="button"
          className="button-quiet"
          disabled={!running}
          aria-expanded={generating}
          onClick={() => setGenerating(!generating)}
        >
          <Dices size={14} aria-hidden="true" />
          Generate
        </button>
        {generated && facts ? (
          <CopyButton text={() => area.current?.value ?? ''} label="Copy the value" word="Copy" />
        ) : null}
        <span id={`${id}-size`} className="value-size" data-over={facts?.tooLong || undefined}>
          {facts ? `${countBytes(facts.bytes)} of ${countWord(secretValueLimit)}` : ''}
        </span>
      </div>
      {generating ? (
        <GeneratePanel
          onGenerate={(text) => {
            value.setText(text);
            setGenerated(true);
          }}
        />
      ) : null}
      <ValueNotes id={`${id}-notes`} value={value} missing={refused && required && facts === null} />
      <p id={`${id}-help`} className="form-help">
        You will not be able to read it again.{' '}
        {opener === 'sinks'
          ? 'It is sealed in this browser to the keys of these sinks, and nobody else can open it.'
          : 'It is sealed in this browser before it is sent; only the sink that runs an event gets it.'}
      </p>
      <noscript>
        <p className="form-error">A value needs JavaScript: it is sealed in this browser before it is sent.</p>
      </noscript>
    </div>
  );
}
