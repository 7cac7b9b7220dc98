/**
 * Everything in a line of terminal output that is not text. CSI … final byte | OSC … (BEL or ST) | other two-character
 * escapes | C0/C1 controls but tab. Groups 1 and 2 are a CSI's parameters and final byte.
 */
export const terminalControls =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this removes
  /\x1b\[([0-?]*)[ -/]*([@-~])|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[ -/]*[0-~]?|[\x00-\x08\x0a-\x1a\x1c-\x1f\x7f-\x9f]/g;

// biome-ignore lint/suspicious/noControlCharactersInRegex: most lines have none, and need no work
const anyControl = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/;

/**
 * Text as a person would read it in a terminal: without colours, and as a terminal does it, what follows a carriage return
 * replaces the line so far. Line feeds stay.
 */
export function plainText(text: string): string {
  return anyControl.test(text) ? text.split('\n').map(plainLine).join('\n') : text;
}

function plainLine(line: string): string {
  let plain = '';
  let from = 0;
  for (const match of line.matchAll(terminalControls)) {
    plain += line.slice(from, match.index);
    from = match.index + match[0].length;
    if (match[0] === '\r' && from < line.length) plain = '';
  }
  return plain + line.slice(from);
}
