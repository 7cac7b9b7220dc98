/** How a writer of JSON escapes: what it writes as `\uXXXX` although it need not, in which hex digits, and how it writes `/`. */
interface Style {
  unicode: RegExp;
  upper?: boolean;
  solidus?: boolean;
}

const none: Style = { unicode: /(?!)/ };
const ascii: Style = { unicode: /[\x7f-\uffff]/ };
const styles: Style[] = [
  none,
  { ...none, upper: true },
  // Python.
  ascii,
  { ...ascii, upper: true },
  // PHP, and those who put JSON into HTML.
  { ...none, solidus: true },
  { ...ascii, solidus: true },
  { unicode: /[<>&'"]/, upper: true },
  // Go, PowerShell 5, Gson.
  { unicode: /[<>&\u2028\u2029]/ },
  { unicode: /[<>&']/ },
  { unicode: /[<>&'=]/ },
  // System.Text.Json.
  { unicode: /["'<>&+`\x7f-\uffff]/, upper: true },
];

const short = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\b', '\\b'],
  ['\f', '\\f'],
]);

/** A text as it stands between the quotes of a JSON string, once and (JSON inside JSON) twice escaped. */
export function jsonForms(text: string): string[] {
  const twice = [escapeBy(none, escapeBy(none, text)), escapeBy(none, escapeBy(ascii, text))];
  return [...styles.map((style) => escapeBy(style, text)), ...twice];
}

function escapeBy({ unicode, upper, solidus }: Style, text: string): string {
  return text.replace(/[\s\S]/g, (unit) => {
    if (unicode.test(unit)) return numbered(unit, upper);
    if (unit === '/' && solidus) return '\\/';
    return short.get(unit) ?? (unit < ' ' ? numbered(unit, upper) : unit);
  });
}

function numbered(unit: string, upper = false): string {
  const hex = unit.charCodeAt(0).toString(16).padStart(4, '0');
  return `\\u${upper ? hex.toUpperCase() : hex}`;
}
