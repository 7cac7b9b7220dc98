/** A text inside quotes, or with its special characters escaped, as shells and programming languages write it. */
export function quotedForms(text: string): string[] {
  return [...shellForms(text), ...reprForms(text), ...doubledForms(text)];
}

/** Bourne shells: single quotes by hand and by Python's shlex, double quotes, `printf %q`, Ruby's Shellwords. */
function shellForms(text: string): string[] {
  return [
    text.replaceAll("'", `'\\''`),
    text.replaceAll("'", `'"'"'`),
    text.replace(/["\\$`]/g, '\\$&'),
    text.replace(/["\\$`!]/g, '\\$&'),
    text.replace(/[ \t"'|&;()<>!{}*[\]?^$`\\]/g, '\\$&').replace(/^[#~]/, '\\$&'),
    text.replace(/[ \t"'|&;()<>!{}*[\]?^$`\\,]/g, '\\$&').replace(/^[#~]/, '\\$&'),
    text.replace(/[^A-Za-z0-9_\-.,:+/@\n]/gu, '\\$&').replaceAll('\n', "'\n'"),
  ];
}

/** Python's repr of text and of bytes, its ascii(), and whatever else escapes as C does; each with either quote. */
function reprForms(text: string): string[] {
  const printable = escapeControls(text);
  const codePoints = printable.replace(/[\x7f-\u{10ffff}]/gu, pythonEscape);
  const bytes = printable.replace(/[\x7f-\u{10ffff}]/gu, (character) =>
    [...Buffer.from(character)].map((byte) => `\\x${byte.toString(16)}`).join(''),
  );
  return [printable, codePoints, bytes].flatMap((form) => [
    form,
    form.replaceAll("'", "\\'"),
    form.replaceAll('"', '\\"'),
  ]);
}

const letters = new Map([
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

function escapeControls(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is escaped here.
  return text.replace(/[\\\x00-\x1f]/g, (character) => letters.get(character) ?? pythonEscape(character));
}

function pythonEscape(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`;
}

/** Quotes that are written twice (PowerShell, SQL, CSV), PowerShell's backtick, and arguments of Windows programs. */
function doubledForms(text: string): string[] {
  return [
    text.replaceAll("'", "''"),
    text.replaceAll('"', '""'),
    text.replace(/["$`]/g, '`$&'),
    text.replace(/["$`]/g, '`$&').replaceAll('\r', '`r').replaceAll('\n', '`n').replaceAll('\t', '`t'),
    text.replaceAll('"', '\\"'),
  ];
}
