import { terminalControls } from '@nexomatic/contracts/terminal-text';

/**
 * Turns terminal output into spans of plain text with class names; nothing in a log ever becomes markup. Understands
 * colours and text attributes (SGR), drops every other control sequence, and does what a terminal does with a
 * carriage return: what follows replaces the line so far, so that progress bars end as their last frame.
 */
export interface AnsiStyle {
  /** Palette index 0–15. */
  fg: number | null;
  bg: number | null;
  bold: boolean;
  dim: boolean;
  italic: boolean;
  underline: boolean;
  strike: boolean;
  inverse: boolean;
}
export interface AnsiSpan {
  text: string;
  className: string;
}

export const plainStyle: AnsiStyle = {
  fg: null,
  bg: null,
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  strike: false,
  inverse: false,
};

/** Parses one line. A style that the line leaves on is handed to the next line of the same stream. */
export function parseAnsiLine(line: string, start: AnsiStyle = plainStyle): { spans: AnsiSpan[]; style: AnsiStyle } {
  const spans: AnsiSpan[] = [];
  let style = start;
  let from = 0;
  const take = (to: number): void => {
    if (to > from) push(spans, line.slice(from, to), className(style));
  };
  for (const match of line.matchAll(terminalControls)) {
    take(match.index);
    from = match.index + match[0].length;
    if (match[2] === 'm') style = applySgr(style, match[1] ?? '');
    else if (match[0] === '\r' && from < line.length) spans.length = 0;
  }
  take(line.length);
  return { spans, style };
}

function push(spans: AnsiSpan[], text: string, name: string): void {
  const last = spans.at(-1);
  if (last && last.className === name) last.text += text;
  else spans.push({ text, className: name });
}

function applySgr(before: AnsiStyle, parameters: string): AnsiStyle {
  const style = { ...before };
  const codes = parameters.split(/[;:]/).map((text) => (text === '' ? 0 : Number(text)));
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at] ?? 0;
    if (code === 0) Object.assign(style, plainStyle);
    else if (code === 38 || code === 48) at += extendedColour(style, code, codes.slice(at + 1));
    else applyCode(style, code);
  }
  return style;
}

function applyCode(style: AnsiStyle, code: number): void {
  if (code === 1) style.bold = true;
  else if (code === 2) style.dim = true;
  else if (code === 3) style.italic = true;
  else if (code === 4 || code === 21) style.underline = true;
  else if (code === 7) style.inverse = true;
  else if (code === 9) style.strike = true;
  else if (code === 22) style.bold = style.dim = false;
  else if (code === 23) style.italic = false;
  else if (code === 24) style.underline = false;
  else if (code === 27) style.inverse = false;
  else if (code === 29) style.strike = false;
  else if (code >= 30 && code <= 37) style.fg = code - 30;
  else if (code === 39) style.fg = null;
  else if (code >= 40 && code <= 47) style.bg = code - 40;
  else if (code === 49) style.bg = null;
  else if (code >= 90 && code <= 97) style.fg = code - 82;
  else if (code >= 100 && code <= 107) style.bg = code - 92;
}

/** `5;n` (256 colours) or `2;r;g;b`; returns how many codes it used. */
function extendedColour(style: AnsiStyle, code: number, rest: number[]): number {
  const key = code === 38 ? 'fg' : 'bg';
  if (rest[0] === 5) {
    style[key] = nearest256(rest[1] ?? 0);
    return 2;
  }
  if (rest[0] === 2) {
    style[key] = nearestRgb(rest[1] ?? 0, rest[2] ?? 0, rest[3] ?? 0);
    return 4;
  }
  return 0;
}

function nearest256(index: number): number {
  if (index < 16) return Math.max(0, index);
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return nearestRgb(grey, grey, grey);
  }
  const cube = index - 16;
  const step = (value: number): number => (value === 0 ? 0 : 55 + value * 40);
  return nearestRgb(step(Math.floor(cube / 36)), step(Math.floor(cube / 6) % 6), step(cube % 6));
}

/**
 * The palette colour nearest to it. Only the sixteen of the theme are shown: each is readable on both backgrounds,
 * and the content security policy leaves no way to set a colour of one's own on an element.
 */
function nearestRgb(red: number, green: number, blue: number): number {
  const high = Math.max(red, green, blue);
  const low = Math.min(red, green, blue);
  if (high - low < 32) return high < 64 ? 0 : high < 144 ? 8 : high < 224 ? 7 : 15;
  const middle = (high + low) / 2;
  const hue = (red > middle ? 1 : 0) | (green > middle ? 2 : 0) | (blue > middle ? 4 : 0);
  return high > 200 ? hue + 8 : hue;
}

function className(style: AnsiStyle): string {
  const names: string[] = [];
  const fg = style.inverse ? null : style.fg;
  const bg = style.inverse ? (style.fg ?? 7) : style.bg;
  if (fg !== null) names.push(`ansi-fg-${fg}`);
  if (bg !== null) names.push(`ansi-bg-${bg}`);
  for (const name of ['bold', 'dim', 'italic', 'underline', 'strike'] as const) {
    if (style[name]) names.push(`ansi-${name}`);
  }
  return names.join(' ');
}
