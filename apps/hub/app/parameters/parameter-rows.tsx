import { useEffect, useRef, useState } from 'react';
import type { FormField } from '../components/form/form-field.ts';
import { Plus } from '../components/icons.ts';
import { ParameterRowFields, type RowField } from './parameter-row-fields.tsx';
import type { SecretChoice } from './secret-picker.tsx';

export interface ParameterRowsProps {
  /** Conform's form. */
  form: {
    insert(intent: { name: string }): void;
    remove(intent: { name: string; index: number }): void;
    reorder(intent: { name: string; from: number; to: number }): void;
  };
  /** Its field `parameters`. */
  field: FormField & { getFieldList(): RowField[] };
  /** Paths seen in payloads, offered while a DATA value is typed. */
  payloadPaths?: readonly string[];
  /** What a SECRET value can name. */
  secrets?: readonly SecretChoice[];
}

/**
 * The parameters of an event type or an action, one row each. Everything can be done by keyboard: the focus goes to a new
 * row, stays with a moved one (also Alt with an arrow key), and to the neighbour of a removed one.
 */
export function ParameterRows({ form, field, payloadPaths = [], secrets = [] }: ParameterRowsProps) {
  const rows = field.getFieldList();
  const { name } = field;
  const focusNext = useRef<string[]>([]);
  const [said, say] = useState('');
  useEffect(() => {
    const targets = focusNext.current.map((id) => document.getElementById(id));
    focusNext.current = [];
    targets.find((target) => target && !target.matches(':disabled'))?.focus();
  });

  const idOf = (index: number, part: string) => `${field.id}-${index}-${part}`;
  const addId = `${field.id}-add`;
  function add(): void {
    focusNext.current = [idOf(rows.length, 'key')];
    form.insert({ name });
    say(`Parameter ${rows.length + 1} added.`);
  }
  function remove(index: number): void {
    focusNext.current = [idOf(Math.min(index, rows.length - 2), 'remove'), addId];
    form.remove({ name, index });
    say(`Parameter ${index + 1} removed.`);
  }
  function move(index: number, step: -1 | 1, focus?: string): void {
    const to = index + step;
    if (to < 0 || to >= rows.length) return;
    focusNext.current = focus ? [focus] : [idOf(to, step === 1 ? 'down' : 'up'), idOf(to, step === 1 ? 'up' : 'down')];
    form.reorder({ name, from: index, to });
    say(`Parameter ${index + 1} is number ${to + 1} now.`);
  }

  return (
    <div className="parameter-rows">
      {rows.length === 0 ? <p className="text-muted text-sm">None yet.</p> : null}
      {rows.map((row, index) => (
        <ParameterRowFields
          key={row.key ?? index}
          row={row}
          index={index}
          count={rows.length}
          idOf={(part) => idOf(index, part)}
          payloadPaths={payloadPaths}
          secrets={secrets}
          onRemove={() => remove(index)}
          onMove={(step, focus) => move(index, step, focus && idOf(index + step, focus))}
        />
      ))}
      <div>
        <button type="button" id={addId} className="button" onClick={add}>
          <Plus size={14} aria-hidden="true" />
          Add a parameter
        </button>
      </div>
      <p className="sr-only" aria-live="polite">
        {said}
      </p>
    </div>
  );
}
