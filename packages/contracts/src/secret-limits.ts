/** What secrets may be called and hold. Without schemas, so that pages read it in the browser. */

/** Bytes of a value. */
export const secretValueLimit = 49_152;
/** A value of fewer characters is not masked in logs: it would blot out half of everything that is written. */
export const shortestMasked = 6;
export const secretNameLimit = 255;
/** What names are made of; parameters and modules read secrets by them. */
export const secretNamePattern = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** What keeps the text from being the name of a secret, or null. */
export function secretNameFault(name: string): string | null {
  if (name === '') return 'give it a name';
  if (name.length > secretNameLimit) return `is longer than ${secretNameLimit} characters`;
  if (!secretNamePattern.test(name)) return 'letters, digits and _ only, not beginning with a digit';
  return /^nx_/i.test(name) ? 'names that begin with NX_ are kept for the hub' : null;
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text of a value, or null for bytes that are not UTF-8: modules are given text. */
export function secretText(value: Uint8Array): string | null {
  try {
    return strictUtf8.decode(value);
  } catch {
    // Not UTF-8: the strict decoder is the test.
    return null;
  }
}

/** What keeps bytes from being the value of a secret, or null. */
export function secretValueFault(value: Uint8Array): string | null {
  if (value.length === 0) return 'the value is empty';
  if (value.length > secretValueLimit)
    return `the value has ${value.length} bytes; at most ${secretValueLimit} are taken`;
  return secretText(value) === null ? 'the value is not UTF-8 text; encode it, for example as base64' : null;
}

/** Whether a value is too short to be masked; blanks around it don't count. */
export const isShortValue = (text: string): boolean => text.trim().length < shortestMasked;
