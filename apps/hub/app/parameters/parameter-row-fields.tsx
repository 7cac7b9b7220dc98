import { type KeyboardEvent, useState, useSyncExternalStore } from 'react';
import { FieldNotes } from '../components/form/field.tsx';
import { controlProps, type FormField, initialText } from '../components/form/form-field.ts';
import { RowButtons } from '../components/form/row-buttons.tsx';
import { ChevronDown } from '../components/icons.ts';
import type { RowKind } from './row-values.ts';
import { type SecretChoice, SecretPicker } from './secret-picker.tsx';

/** A field whose value is known while somebody changes it. */
type LiveField = FormField & { value?: unknown };

export interface RowField {
  key?: string | undefined;
  getFieldset(): { key: LiveField; kind: LiveField; value: LiveField };
}

interface ParameterRowFieldsProps {
  row: RowField;
  index: number;
  count: number;
  idOf: (part: string) => string;
  payloadPaths: readonly string[];
  secrets: readonly SecretChoice[];
  onRemove: () => void;
  /** `focus` names the control that had the focus, when it was moved by a key. */
  onMove: (step: -1 | 1, focus?: string) => void;
}

const kinds: Record<RowKind, { label: string; placeholder: string; value: string }> = {
  TEXT: { label: 'Text', placeholder: 'Hello', value: 'Text' },
  JSON: { label: 'JSON', placeholder: '{"retries": 3}', value: 'JSON value' },
  DATA: { label: 'From payload', placeholder: 'name or /order/id', value: 'Key of the payload, or JSON Pointer' },
  SECRET: { label: 'Secret', placeholder: 'API_TOKEN', value: 'Name of the secret' },
};

/** One parameter: its key, where its value comes from, the value, and buttons that move or remove it. */
export function ParameterRowFields(props: ParameterRowFieldsProps) {
  const { row, index, count, idOf, payloadPaths, secrets, onRemove, onMove } = props;
  const { key, kind, value } = row.getFieldset();
  const chosen = kindOf(kind.value ?? kind.initialValue);
  const number = index + 1;

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    // In a list of choices Alt and an arrow open that list.
    if (!event.altKey || event.target instanceof HTMLSelectElement) return;
    if (event.target instanceof Element && event.target.role === 'combobox') return;
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null;
    if (step === null || !(event.target instanceof HTMLElement)) return;
    event.preventDefault();
    onMove(step, event.target.dataset.part);
  }

  return (
    <fieldset className="parameter-row" onKeyDown={onKeyDown}>
      <legend className="sr-only">Parameter {number}</legend>
      <div className="form-field parameter-key">
        <input
          {...controlProps(key, undefined)}
          key={key.key}
          id={idOf('key')}
          data-part="key"
          className="input font-mono"
          aria-label={`Key of parameter ${number}`}
          defaultValue={initialText(key)}
          placeholder="key"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={100}
        />
        <FieldNotes field={key} />
      </div>
      <span className="select parameter-kind">
        <select
          {...controlProps(kind, undefined)}
          key={kind.key}
          aria-label={`Where the value of parameter ${number} comes from`}
          defaultValue={initialText(kind) ?? 'TEXT'}
        >
          {Object.entries(kinds).map(([name, { label }]) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
        <ChevronDown size={14} aria-hidden="true" />
      </span>
      <div className="form-field parameter-value">
        <ValueControl
          // Another control where the value is written in another way; it starts with what was written so far.
          key={`${value.key} ${chosen}`}
          field={value}
          id={idOf('value')}
          kind={chosen}
          label={`${kinds[chosen].value} of parameter ${number}`}
          suggestions={chosen === 'DATA' ? payloadPaths : chosen === 'SECRET' ? secrets.map(({ name }) => name) : []}
          secrets={secrets}
        />
        <FieldNotes field={value} />
      </div>
      <div className="parameter-buttons">
        <RowButtons
          name={`parameter ${number}`}
          index={index}
          count={count}
          idOf={idOf}
          onMove={onMove}
          onRemove={onRemove}
        />
      </div>
    </fieldset>
  );
}

interface ValueControlProps {
  field: LiveField;
  id: string;
  kind: RowKind;
  label: string;
  suggestions: readonly string[];
  secrets: readonly SecretChoice[];
}

const never = (): (() => void) => () => undefined;

/** Several lines for what is a value itself, one line for what names one. */
function ValueControl({ field, id, kind, label, suggestions, secrets }: ValueControlProps) {
  const running = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const [start] = useState(() => (typeof field.value === 'string' ? field.value : initialText(field)));
  const control = {
    ...controlProps(field, undefined),
    id,
    'data-part': 'value',
    'aria-label': label,
    defaultValue: start,
    placeholder: kinds[kind].placeholder,
    spellCheck: kind === 'TEXT',
    maxLength: 16_000,
  };
  if (kind === 'TEXT' || kind === 'JSON')
    return <textarea {...control} rows={1} className={`input text-area ${kind === 'JSON' ? 'font-mono' : ''}`} />;
  if (kind === 'SECRET' && running) return <SecretPicker {...{ field, id, label, start, secrets }} />;
  const listId = suggestions.length > 0 ? `${id}-list` : undefined;
  return (
    <>
      <input {...control} className="input font-mono" autoComplete="off" autoCapitalize="none" list={listId} />
      {listId ? (
        <datalist id={listId}>
          {suggestions.map((text) => (
            <option key={text} value={text} />
          ))}
        </datalist>
      ) : null}
    </>
  );
}

const kindOf = (value: unknown): RowKind => (typeof value === 'string' && value in kinds ? (value as RowKind) : 'TEXT');
