/**
 * A JSON value as its text. REST hands payloads on so, because parsing and writing them again would change numbers
 * (`12345678901234567890123`, `1.0`, `-0`) that JavaScript can't hold.
 */
export class RawJson {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** The JSON text of a value that came with a call; nothing at all is null. */
export const jsonTextOf = (value: unknown): string =>
  value instanceof RawJson ? value.text : (JSON.stringify(value) ?? 'null');
