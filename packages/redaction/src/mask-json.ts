/** A string, or a number, as it stands in JSON. */
const token = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;
const masked = '"***"';

/**
 * Masks inside the strings of a JSON text, keys included, and leaves everything else as it is, digit for digit. A number
 * that is a secret becomes the text `***`; so does the whole when a secret is itself a piece of JSON that stands in it.
 */
export function maskJson(json: string, maskText: (text: string) => string): string {
  const inStrings = json.replace(token, (found) =>
    found.startsWith('"') ? maskString(found, maskText) : maskNumber(found, maskText),
  );
  return maskText(inStrings) === inStrings ? inStrings : masked;
}

function maskString(found: string, maskText: (text: string) => string): string {
  const text = found.includes('\\') ? String(JSON.parse(found)) : found.slice(1, -1);
  const safe = maskText(text);
  return safe === text ? found : JSON.stringify(safe);
}

const maskNumber = (found: string, maskText: (text: string) => string): string =>
  maskText(found) === found ? found : masked;
