import type { FieldMetadata } from '@conform-to/react';
import type { RetentionRules } from '@nexomatic/contracts/retention';
import { NumberField } from '../components/form/number-field.tsx';

/** Days as a form holds them: text, empty where nothing is said. */
export type RetentionTexts = { [Name in keyof Required<RetentionRules>]: string };

const rows: { name: keyof RetentionTexts; label: string; help: string }[] = [
  { name: 'outputHotDays', label: 'Output in the database', help: 'stdout and stderr, before they go to the archive.' },
  { name: 'outputDays', label: 'Output at all', help: 'Then it is deleted, also from the archive.' },
  {
    name: 'recordHotDays',
    label: 'Records in the database',
    help: 'Structured log records, before they go to the archive.',
  },
  { name: 'recordDays', label: 'Records at all', help: 'Then they are deleted, also from the archive.' },
  { name: 'payloadDays', label: 'Payloads and results', help: 'From the end of the event; the event itself stays.' },
];

export const retentionLabels = Object.fromEntries(rows.map(({ name, label }) => [name, label]));

/** Rules as their form begins with them. */
export const retentionTexts = (rules: RetentionRules): RetentionTexts => ({
  outputHotDays: String(rules.outputHotDays ?? ''),
  outputDays: String(rules.outputDays ?? ''),
  recordHotDays: String(rules.recordHotDays ?? ''),
  recordDays: String(rules.recordDays ?? ''),
  payloadDays: String(rules.payloadDays ?? ''),
});

/** Rules in a line: "output in the database 2 days, payloads and results 30 days". */
export const retentionWords = (rules: RetentionRules): string =>
  rows
    .filter(({ name }) => rules[name] !== undefined)
    .map(({ name, label }) => `${label.toLowerCase()} ${rules[name]} ${rules[name] === 1 ? 'day' : 'days'}`)
    .join(', ');

/** For how many days each kind of what is kept stays; an empty field says what it is then. */
export function RetentionFields({
  fields,
  unset,
}: {
  fields: { [Name in keyof RetentionTexts]: FieldMetadata<string> };
  unset: (name: keyof RetentionTexts) => string;
}) {
  return rows.map(({ name, label, help }) => (
    <NumberField
      key={name}
      field={fields[name]}
      label={label}
      unit="days"
      min={1}
      max={36_500}
      placeholder={unset(name)}
      help={help}
    />
  ));
}
