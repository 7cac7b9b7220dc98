import type { ParameterInput } from '@nexomatic/contracts/definition-api';

/**
 * How a parameter's value is written in a form. A STATIC value is JSON in the API; in the form it is a plain text where it can
 * be, so that nobody has to write quotation marks.
 */
export const rowKinds = ['TEXT', 'JSON', 'DATA', 'SECRET'] as const;
export type RowKind = (typeof rowKinds)[number];

export interface ParameterRow {
  key: string;
  kind: RowKind;
  value: string;
}

/** Parameters as rows of a form. */
export const toRows = (parameters: readonly ParameterInput[]): ParameterRow[] =>
  parameters.map(({ key, kind, value }) => {
    if (kind !== 'STATIC') return { key, kind, value };
    const text = plainText(value);
    return text === null ? { key, kind: 'JSON', value } : { key, kind: 'TEXT', value: text };
  });

/** Rows of a form as the API takes parameters. */
export const toParameters = (rows: readonly ParameterRow[]): ParameterInput[] =>
  rows.map(({ key, kind, value }) => {
    if (kind === 'TEXT') return { key, kind: 'STATIC', value: JSON.stringify(value.replaceAll('\r\n', '\n')) };
    return { key, kind: kind === 'JSON' ? 'STATIC' : kind, value };
  });

/** The text that a JSON string holds. A carriage return does not survive a form, so such a text stays JSON. */
function plainText(json: string): string | null {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'string' && !value.includes('\r') ? value : null;
  } catch {
    return null;
  }
}
