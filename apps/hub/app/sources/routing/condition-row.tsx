import type { Condition } from '@nexomatic/contracts/source-settings';
import { ChevronDown, CircleCheck, CircleX, TriangleAlert, X } from '../../components/icons.ts';
import { operators } from './operators.ts';
import type { ConditionDraft } from './routing-draft.ts';

export interface ConditionOutcome {
  holds: boolean;
  found: string | null;
}

interface ConditionRowProps {
  condition: ConditionDraft;
  /** "condition 1 of route 2". */
  name: string;
  first: boolean;
  removable: boolean;
  /** What the request that is tried says to it. */
  outcome: ConditionOutcome | undefined;
  faults: readonly string[];
  /** Ids of the lists of header names and JSON Pointers that are offered. */
  lists: { header: string; body: string };
  onChange: (change: Partial<Omit<ConditionDraft, 'key'>>) => void;
  onRemove: () => void;
}

/** Where to look, how to compare, with what; under it what the request that is tried has there. */
export function ConditionRow(props: ConditionRowProps) {
  const { condition, name, first, removable, outcome, faults, lists, onChange, onRemove } = props;
  const { in: where, at, is, text } = condition;
  const { placeholder } = operators[is];
  const invalid = faults.length > 0 || undefined;
  const value = {
    className: 'input font-mono',
    'aria-label': `What ${name} compares with`,
    'aria-invalid': invalid,
    value: text,
    placeholder: placeholder ?? '',
    spellCheck: false,
    autoComplete: 'off',
  };
  return (
    <fieldset className="condition">
      <legend className="sr-only">{name}</legend>
      <span className="condition-word" aria-hidden="true">
        {first ? 'When' : 'and'}
      </span>
      <span className="select condition-in">
        <select
          aria-label={`Where ${name} looks`}
          value={where}
          onChange={(event) => onChange({ in: event.target.value as Condition['in'] })}
        >
          <option value="body">body</option>
          <option value="header">header</option>
        </select>
        <ChevronDown size={14} aria-hidden="true" />
      </span>
      <input
        className="input font-mono condition-at"
        aria-label={where === 'body' ? `JSON Pointer of ${name}` : `Header of ${name}`}
        aria-invalid={invalid}
        value={at}
        onChange={(event) => onChange({ at: event.target.value })}
        placeholder={where === 'body' ? '/action' : 'x-github-event'}
        list={lists[where]}
        maxLength={300}
        spellCheck={false}
        autoCapitalize="none"
        autoComplete="off"
      />
      <span className="select condition-is">
        <select
          aria-label={`How ${name} compares`}
          value={is}
          onChange={(event) => onChange({ is: event.target.value as Condition['is'] })}
        >
          {Object.entries(operators).map(([key, { word }]) => (
            <option key={key} value={key}>
              {word}
            </option>
          ))}
        </select>
        <ChevronDown size={14} aria-hidden="true" />
      </span>
      <span className="condition-value">
        {placeholder === null ? null : is === 'one_of' ? (
          <textarea
            {...value}
            className="input text-area font-mono"
            rows={2}
            onChange={(event) => onChange({ text: event.target.value })}
          />
        ) : (
          <input {...value} maxLength={500} onChange={(event) => onChange({ text: event.target.value })} />
        )}
      </span>
      <button
        type="button"
        className="icon-button condition-remove"
        aria-label={`Remove ${name}`}
        title={`Remove ${name}`}
        onClick={onRemove}
        disabled={!removable}
      >
        <X size={14} aria-hidden="true" />
      </button>
      {faults.length > 0 ? (
        <p className="form-error condition-note">
          <TriangleAlert size={14} aria-hidden="true" />
          <span>{faults.join(' ')}</span>
        </p>
      ) : null}
      {outcome ? <Outcome {...outcome} /> : null}
    </fieldset>
  );
}

const Outcome = ({ holds, found }: ConditionOutcome) => (
  <p className="condition-outcome condition-note" data-holds={holds}>
    {holds ? <CircleCheck size={14} aria-hidden="true" /> : <CircleX size={14} aria-hidden="true" />}
    <span>
      {holds ? 'Holds' : 'Does not hold'}
      {found === null ? (
        ': nothing is there'
      ) : (
        <>
          : found <code>{found === '' ? 'an empty text' : found}</code>
        </>
      )}
    </span>
  </p>
);
