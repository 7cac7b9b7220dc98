import { env } from '../env.ts';

export type Colour = 'red' | 'green' | 'yellow' | 'blue' | 'dim';
const codes: Record<Colour, number> = { red: 31, green: 32, yellow: 33, blue: 34, dim: 2 };

/** A text for standard output, in colour at a terminal and nowhere else, unless NO_COLOR or FORCE_COLOR say otherwise. */
export function paint(colour: Colour | null, text: string): string {
  return colour && text !== '' && hasColours() ? `\u001b[${codes[colour]}m${text}\u001b[0m` : text;
}

function hasColours(): boolean {
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0';
  return Boolean(process.stdout.isTTY) && !env.NO_COLOR && env.TERM !== 'dumb';
}
